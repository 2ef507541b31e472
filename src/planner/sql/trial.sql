-- What the trial of an index needs of a table: its file and how long that is, and what is known of its rows. No row for
-- partitions: an index is of the whole table. The login may call these functions, for it only ever sees its own
-- throw-away database.
CREATE OR REPLACE FUNCTION pg_catalog.dbdoc_trial_table(of_schema text, of_name text)
RETURNS TABLE (file text, bytes bigint, tuples float4, pages int, visible int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$function$
  SELECT current_setting('data_directory') || '/' || pg_relation_filepath(c.oid),
         c.relpages::bigint * current_setting('block_size')::bigint, c.reltuples, c.relpages, c.relallvisible
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE n.nspname = of_schema AND c.relname = of_name AND c.relkind = 'r' AND NOT c.relispartition
     AND c.oid >= 16384 AND c.reltuples > 0 AND c.relpages > 0
$function$;

-- Tells the table again what was known of it. Building an index counts rows that are not here, and writes that into the
-- catalog for good, whatever becomes of the transaction.
CREATE OR REPLACE FUNCTION pg_catalog.dbdoc_trial_restore(of_schema text, of_name text, rows float4, length int, clear int)
RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$function$
  UPDATE pg_class c SET reltuples = rows, relpages = length, relallvisible = clear
    FROM pg_namespace n WHERE n.oid = c.relnamespace AND n.nspname = of_schema AND c.relname = of_name AND c.oid >= 16384
$function$;

-- Tells the index what its table has. Nine tenths of a page are full; equal keys that share an entry are not reckoned
-- with.
CREATE OR REPLACE FUNCTION pg_catalog.dbdoc_trial_index(of_schema text, of_name text, of_index text, rows float4)
RETURNS TABLE (file text, bytes bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$function$
DECLARE
  own oid;
  width float8;
BEGIN
  SELECT i.indexrelid INTO own
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_index i ON i.indrelid = c.oid
    JOIN pg_class x ON x.oid = i.indexrelid AND x.relname = of_index
   WHERE n.nspname = of_schema AND c.relname = of_name AND c.oid >= 16384;
  SELECT sum(coalesce(s.stawidth, CASE WHEN a.attlen > 0 THEN a.attlen ELSE 32 END)) INTO width
    FROM pg_index i
    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey::int2[])
    LEFT JOIN pg_statistic s ON s.starelid = a.attrelid AND s.staattnum = a.attnum AND NOT s.stainherit
   WHERE i.indexrelid = own;
  UPDATE pg_class
     SET reltuples = rows,
         relpages = 1 + ceil(rows * (12 + 8 * ceil(width / 8)) / (current_setting('block_size')::int * 0.9))
   WHERE oid = own;
  RETURN QUERY
  SELECT current_setting('data_directory') || '/' || pg_relation_filepath(own),
         c.relpages::bigint * current_setting('block_size')::bigint
    FROM pg_class c WHERE c.oid = own;
END
$function$;
