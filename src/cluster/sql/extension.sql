-- The one function of dbdoc that foreign SQL reaches: CREATE EXTENSION for extensions that PostgreSQL does
-- not trust to ordinary users, but whose functions are known to give them no way out of the database.
-- Trusted extensions need it not: the login creates them itself. An extension's script runs as superuser,
-- so it must not meet functions or operators that foreign SQL has put in its way before.
CREATE FUNCTION pg_catalog.dbdoc_create_extension(name text, schema text, version text, with_cascade bool)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET allow_system_table_mods = on SET client_min_messages = warning
AS $function$
DECLARE
  allowed CONSTANT text[] := ARRAY[
    'address_standardizer', 'amcheck', 'bloom', 'earthdistance', 'hll', 'hypopg', 'insert_username', 'ip4r',
    'moddatetime', 'periods', 'pg_buffercache', 'pg_freespacemap', 'pg_partman', 'pg_prewarm',
    'pg_stat_statements', 'pg_visibility', 'pgrouting', 'pgrowlocks', 'pgstattuple', 'postgis',
    'postgis_raster', 'postgis_sfcgal', 'postgis_tiger_geocoder', 'postgis_topology', 'prefix', 'rum',
    'semver', 'sslinfo', 'temporal_tables', 'unit', 'vector', 'xml2'];
  -- Some extensions choose their schema themselves.
  place CONSTANT text := coalesce((SELECT v.schema FROM pg_available_extension_versions v
                                    WHERE v.name = dbdoc_create_extension.name AND v.schema IS NOT NULL LIMIT 1),
                                  dbdoc_create_extension.schema);
BEGIN
  IF NOT name = ANY (allowed) OR place ~ '^pg_' OR place = 'information_schema' THEN
    RAISE insufficient_privilege USING MESSAGE = format('permission denied to create extension "%s"', name);
  END IF;
  IF EXISTS (SELECT FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
              WHERE n.nspname = place AND NOT EXISTS (SELECT FROM pg_roles r WHERE r.oid = p.proowner AND r.rolsuper))
     OR EXISTS (SELECT FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace
                 WHERE n.nspname = place AND NOT EXISTS (SELECT FROM pg_roles r WHERE r.oid = o.oprowner AND r.rolsuper)) THEN
    RAISE insufficient_privilege USING
      MESSAGE = format('extension "%s" must be created before the functions of schema "%s"', name, place);
  END IF;
  EXECUTE format('CREATE EXTENSION %I %s %s %s', name,
                 CASE WHEN place IS NOT NULL THEN format('SCHEMA %I', place) END,
                 CASE WHEN version IS NOT NULL THEN format('VERSION %L', version) END,
                 CASE WHEN with_cascade THEN 'CASCADE' END);
  -- The login may comment on it and drop it.
  UPDATE pg_extension SET extowner = (SELECT r.oid FROM pg_roles r WHERE r.rolname = session_user)
   WHERE extname = name;
END
$function$;
