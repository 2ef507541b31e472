-- The one function of dbdoc that foreign SQL reaches: CREATE EXTENSION for names that are known to give
-- their owner no way out of the database. Trusted ones are PostgreSQL's own choice; the others are listed.
CREATE FUNCTION pg_catalog.dbdoc_create_extension(name text, if_not_exists bool, schema text, version text, with_cascade bool)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET allow_system_table_mods = on SET client_min_messages = warning
AS $function$
DECLARE
  allowed CONSTANT text[] := ARRAY[
    'address_standardizer', 'amcheck', 'bloom', 'hll', 'hypopg', 'ip4r', 'periods', 'pg_buffercache',
    'pg_freespacemap', 'pg_partman', 'pg_prewarm', 'pg_stat_statements', 'pg_visibility', 'pgrouting',
    'pgrowlocks', 'pgstattuple', 'postgis', 'postgis_raster', 'postgis_sfcgal', 'postgis_tiger_geocoder',
    'postgis_topology', 'rum', 'semver', 'sslinfo', 'temporal_tables', 'vector', 'xml2'];
BEGIN
  IF NOT name = ANY (allowed)
     AND EXISTS (SELECT FROM pg_available_extension_versions v WHERE v.name = dbdoc_create_extension.name)
     AND NOT EXISTS (SELECT FROM pg_available_extension_versions v
                      WHERE v.name = dbdoc_create_extension.name AND v.trusted) THEN
    RAISE insufficient_privilege USING MESSAGE = format('extension "%s" needs a superuser', name);
  END IF;
  EXECUTE format('CREATE EXTENSION %s %I %s %s %s',
                 CASE WHEN if_not_exists THEN 'IF NOT EXISTS' END, name,
                 CASE WHEN schema IS NOT NULL THEN format('SCHEMA %I', schema) END,
                 CASE WHEN version IS NOT NULL THEN format('VERSION %L', version) END,
                 CASE WHEN with_cascade THEN 'CASCADE' END);
  UPDATE pg_extension SET extowner = (SELECT oid FROM pg_roles WHERE rolname = session_user)
   WHERE extowner <> (SELECT oid FROM pg_roles WHERE rolname = session_user) AND extname <> 'plpgsql';
END
$function$;
