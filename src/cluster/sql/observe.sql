-- What a transaction has done so far, told in its own session; dbdoc calls it after each statement of a
-- migration. One row a fact: the locks it holds, the files of relations, the sequential scans it made, and
-- the rewrites that ALTER TABLE announced. Nothing of the search_path of foreign SQL reaches it.
CREATE FUNCTION pg_catalog.dbdoc_observe()
RETURNS TABLE (fact text, relation oid, name text, value text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$function$
  WITH relations AS (
    SELECT c.oid, format('%I.%I', n.nspname, c.relname) AS name, c.relfilenode, c.relkind
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
     WHERE c.relkind IN ('r', 'p', 'm', 'v', 'f')
  )
  -- of relations that are dropped already, too: their names are known from before
  SELECT 'lock', l.relation, coalesce(r.name, ''), l.mode
    FROM pg_locks l
    LEFT JOIN relations r ON r.oid = l.relation
   WHERE l.pid = pg_backend_pid() AND l.granted AND l.locktype = 'relation' AND l.relation >= 16384
     AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
  UNION ALL
  SELECT 'file', r.oid, r.name, r.relfilenode::text FROM relations r
  UNION ALL
  SELECT 'scan', r.oid, r.name, pg_stat_get_xact_numscans(r.oid)::text
    FROM relations r
   WHERE r.relkind IN ('r', 'm') AND pg_stat_get_xact_numscans(r.oid) > 0
  UNION ALL
  SELECT 'rewrite', split_part(e, ':', 1)::oid, '', split_part(e, ':', 2)
    FROM unnest(string_to_array(nullif(current_setting('dbdoc.rewrites', true), ''), ' ')) e
$function$;

CREATE FUNCTION pg_catalog.dbdoc_note_rewrite() RETURNS event_trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$function$
BEGIN
  PERFORM set_config('dbdoc.rewrites',
                     ltrim(format('%s %s:%s', current_setting('dbdoc.rewrites', true),
                                  pg_event_trigger_table_rewrite_oid(), pg_event_trigger_table_rewrite_reason())),
                     true);
END
$function$;

CREATE EVENT TRIGGER dbdoc_note_rewrite ON table_rewrite EXECUTE FUNCTION pg_catalog.dbdoc_note_rewrite();
