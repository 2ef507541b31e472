-- migrate:up
CREATE TABLE parent (id bigint PRIMARY KEY, name text);
CREATE TABLE child (id bigint, parent_id bigint, note text, amount integer, code text, kind text);
CREATE TABLE child_too (id bigint, parent_id bigint CONSTRAINT child_too_parent REFERENCES parent, a int, b int);
CREATE INDEX child_code ON child (code);
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE DOMAIN price AS numeric;
CREATE TABLE priced (id bigint, cost price);
CREATE MATERIALIZED VIEW sums AS SELECT count(*) AS all_of_them FROM child;
CREATE UNIQUE INDEX sums_one ON sums (all_of_them);
CREATE TABLE events (id bigint, day date) PARTITION BY RANGE (day);
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE events_2026 (id bigint, day date);
CREATE SCHEMA old;
CREATE TABLE old.thing (id bigint);
CREATE TABLE keyed (a bigint, b bigint);
CREATE UNIQUE INDEX keyed_a ON keyed (a);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
INSERT INTO child (id, amount) SELECT n, n FROM generate_series(1, 10) n;

-- migrate:down
