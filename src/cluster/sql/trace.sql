-- What DDL of a session that dbdoc does not drive has done: before and after each statement, what dbdoc_observe()
-- tells, written to the server's log. There it survives a rollback, and no transaction gets a number for it,
-- which DROP INDEX CONCURRENTLY would refuse.
CREATE FUNCTION pg_catalog.dbdoc_tell() RETURNS event_trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET client_min_messages = warning AS
$function$
BEGIN
  IF current_setting('log_statement') = 'all' THEN
    RAISE LOG USING MESSAGE =
      format('dbdoc %s %s', tg_event, (SELECT coalesce(jsonb_agg(o), '[]') FROM dbdoc_observe() o));
  END IF;
END
$function$;

CREATE EVENT TRIGGER dbdoc_tell_before ON ddl_command_start EXECUTE FUNCTION pg_catalog.dbdoc_tell();
CREATE EVENT TRIGGER dbdoc_tell_after ON ddl_command_end EXECUTE FUNCTION pg_catalog.dbdoc_tell();

-- The tables in which a tool keeps what is applied belong to no migration. As members of an extension they are
-- left out of what is compared; while the tool is at work, they are its own.
CREATE FUNCTION pg_catalog.dbdoc_set_aside(names text[], aside bool) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$function$
DECLARE
  relation regclass;
BEGIN
  FOR relation IN
    SELECT c.oid::regclass
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_'
       AND (c.relname = ANY (names) AND n.nspname = 'public' OR format('%s.%s', n.nspname, c.relname) = ANY (names))
       AND aside <> EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
  LOOP
    EXECUTE format('ALTER EXTENSION plpgsql %s TABLE %s', CASE WHEN aside THEN 'ADD' ELSE 'DROP' END, relation);
  END LOOP;
END
$function$;
