-- tables.sql - psql -v count=N: N tables as applications have them, 250 to a schema: ten columns, two
-- foreign keys, a primary key and three more indexes each; a comment in Markdown on every second table
-- and on some of its columns and indexes, a check and a trigger on every tenth, a view on every twentieth.
-- The same numbers give the same names: nothing is random.
SELECT set_config('bench.count', :'count', false) \g /dev/null

CREATE TYPE public.state AS ENUM ('draft', 'open', 'paid', 'void');
COMMENT ON TYPE public.state IS 'Where a document stands.';
CREATE FUNCTION public.touch() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN NEW.updated_at := now(); RETURN NEW; END $$;
COMMENT ON FUNCTION public.touch() IS 'Sets `updated_at`.';

CREATE FUNCTION pg_temp.area(number int) RETURNS text LANGUAGE sql AS
    $$ SELECT 'area_' || lpad((1 + (number - 1) / 250)::text, 3, '0') $$;
CREATE FUNCTION pg_temp.name(number int) RETURNS text LANGUAGE sql AS $$
    SELECT nouns[1 + number * 7 % 16] || '_' || nouns[1 + number * 5 / 16 % 16] || '_' || number
      FROM (SELECT ARRAY['account', 'booking', 'contract', 'device', 'event', 'invoice', 'journey', 'label',
                         'message', 'offer', 'payment', 'report', 'shipment', 'ticket', 'user', 'vendor'] AS nouns) n $$;
CREATE FUNCTION pg_temp.path(number int) RETURNS text LANGUAGE sql AS
    $$ SELECT format('%I.%I', pg_temp.area(number), pg_temp.name(number)) $$;

CREATE PROCEDURE pg_temp.make_table(number int) LANGUAGE plpgsql AS $$
DECLARE
    path text := pg_temp.path(number);
    first text := pg_temp.path(greatest(1, (number - 1) / 25 * 25)); -- the hub of each 25 tables
BEGIN
    EXECUTE format(
        'CREATE TABLE %s (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, parent_id bigint REFERENCES %s ON DELETE CASCADE,'
        ' owner_id bigint NOT NULL REFERENCES %s, code text NOT NULL, title varchar(200) NOT NULL,'
        ' state public.state NOT NULL DEFAULT ''draft'', amount numeric(12, 2) NOT NULL DEFAULT 0,'
        ' details jsonb NOT NULL DEFAULT ''{}'', inserted_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz)',
        path, pg_temp.path(greatest(1, number / 2)), first);
    EXECUTE format('CREATE INDEX ON %s (parent_id)', path);
    EXECUTE format('CREATE UNIQUE INDEX ON %s (owner_id, code) INCLUDE (title)', path);
    EXECUTE format(CASE number % 3 WHEN 0 THEN 'CREATE INDEX ON %s USING gin (details jsonb_path_ops)'
                                   WHEN 1 THEN 'CREATE INDEX ON %s (state, inserted_at DESC) WHERE state = ''open'''
                                   ELSE 'CREATE INDEX ON %s (lower(title))' END, path);
END $$;

CREATE PROCEDURE pg_temp.describe(number int) LANGUAGE plpgsql AS $$
DECLARE
    path text := pg_temp.path(number);
BEGIN
    EXECUTE format('COMMENT ON TABLE %s IS %L', path,
                   format(E'What number %s holds.\n\n**Why a table of its own:** its rows outlive their `parent_id`.\n\n'
                          '- written by the importer\n- read by the *monthly* report', number));
    EXECUTE format('COMMENT ON COLUMN %s.code IS %L', path, 'Unique within an `owner_id`.');
    EXECUTE format('COMMENT ON COLUMN %s.amount IS %L', path, '**Never negative** for what was posted.');
    EXECUTE format('COMMENT ON COLUMN %s.details IS %L', path, E'| key | meaning |\n|---|---|\n| `src` | where from |');
    EXECUTE format('COMMENT ON INDEX %I.%I IS %L', pg_temp.area(number), pg_temp.name(number) || '_parent_id_idx',
                   'Lists children, and carries the cascade.');
END $$;

DO $$
BEGIN
    FOR number IN 1..current_setting('bench.count')::int LOOP
        IF number % 250 = 1 THEN
            EXECUTE format('CREATE SCHEMA %I', pg_temp.area(number));
            EXECUTE format('COMMENT ON SCHEMA %I IS %L', pg_temp.area(number), 'One area of the application.');
        END IF;
        CALL pg_temp.make_table(number);
        IF number % 2 = 0 THEN
            CALL pg_temp.describe(number);
        END IF;
        IF number % 10 = 0 THEN
            EXECUTE format('ALTER TABLE %s ADD CHECK (amount >= 0)', pg_temp.path(number));
            EXECUTE format('CREATE TRIGGER touch BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION public.touch()', pg_temp.path(number));
        END IF;
        IF number % 20 = 0 THEN
            EXECUTE format('CREATE VIEW %I.%I AS SELECT id, code, title, amount FROM %s WHERE state IN (''open'', ''paid'')',
                           pg_temp.area(number), 'open_' || pg_temp.name(number), pg_temp.path(number));
        END IF;
        IF number % 100 = 0 THEN
            COMMIT; -- the server's lock table holds so many
        END IF;
    END LOOP;
END $$;
