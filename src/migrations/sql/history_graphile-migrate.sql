-- Where graphile-migrate keeps what is applied, and its row for the file :'recorded'. It knows no way down;
-- its uncommit forgets the row.
\if :{?table}
CREATE SCHEMA IF NOT EXISTS graphile_migrate;
CREATE TABLE IF NOT EXISTS graphile_migrate.migrations (
    hash text PRIMARY KEY,
    previous_hash text REFERENCES graphile_migrate.migrations,
    filename text NOT NULL,
    date timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE IF NOT EXISTS graphile_migrate.current (
    filename text PRIMARY KEY DEFAULT 'current.sql',
    content text NOT NULL,
    date timestamptz NOT NULL DEFAULT now()
);
\endif
\if :{?up}
INSERT INTO graphile_migrate.migrations (hash, previous_hash, filename)
VALUES (:'checksum', nullif(:'previous_hash', '-'), :'recorded');
\endif
\if :{?down}
DELETE FROM graphile_migrate.migrations WHERE hash = :'checksum';
\endif
