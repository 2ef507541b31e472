-- Hides indexes from the planner until the transaction of the caller is rolled back. The login may call it, for it
-- only ever sees its own throw-away database.
CREATE OR REPLACE FUNCTION pg_catalog.dbdoc_hide_indexes(hidden oid[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$function$
  UPDATE pg_index SET indisvalid = false WHERE indexrelid = ANY (hidden) AND indexrelid >= 16384
$function$;
