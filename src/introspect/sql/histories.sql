-- Finds the tables in which migration tools keep what they applied, and writes the one statement that
-- reads them all. A tool is known by its table's name and columns; the first row that fits wins.
-- Nobody else's code may run while they are read: columns of types that people made, row security and
-- children are left alone. Three lists in the same order: the versions, when each was applied (in UTC
-- where the tool says it) and its checksum; what a tool does not keep is NULL.
WITH tools(place, tool, relation, needs, version, condition, sort, moment, checksum) AS (
  VALUES
    (1, 'golang-migrate', 'schema_migrations', '{version,dirty}', 'version::text', 'NOT dirty', 'version', '', ''),
    (2, 'Supabase', 'schema_migrations', '{version,statements}', 'version::text', 'true', 'version::text COLLATE "C"', '', ''),
    (3, 'Ecto', 'schema_migrations', '{version,inserted_at}', 'version::text', 'true', 'version', 'inserted_at', ''),
    (4, 'schema_migrations', 'schema_migrations', '{version}', 'version::text', 'true', 'version::text COLLATE "C"', '', ''),
    (5, 'goose', 'goose_db_version', '{id,version_id,is_applied}', 'version_id::text',
        'is_applied AND id = (SELECT pg_catalog.max(g.id) FROM %1$s g WHERE g.version_id = t.version_id) AND version_id <> 0', 'version_id', 'tstamp', ''),
    (6, 'sqlx', '_sqlx_migrations', '{version,success}', 'version::text', 'success', 'version', 'installed_on', 'checksum'),
    (7, 'Diesel', '__diesel_schema_migrations', '{version,run_on}', 'version::text', 'true', 'version::text COLLATE "C"', 'run_on', ''),
    (8, 'Sqitch', 'changes', '{change_id,change,project,committed_at}', 'change::text', 'true', 'committed_at, change::text COLLATE "C"', 'committed_at', 'script_hash'),
    (9, 'Flyway', 'flyway_schema_history', '{installed_rank,version,description,type,success}', 'coalesce(version, description)::text',
        -- Flyway's types (CoreMigrationType): UNDO_SQL, UNDO_SCRIPT, UNDO_JDBC take back the version before them; DELETE (repair)
        -- says that a file is gone; SCHEMA is the schemas that Flyway made.
        'success AND type::text !~ ''^(UNDO|DELETE|SCHEMA)'' AND NOT EXISTS (SELECT FROM %1$s u WHERE coalesce(u.version, u.description) = coalesce(t.version, t.description)'
        ' AND u.success AND u.type::text ~ ''^(UNDO|DELETE)'' AND u.installed_rank > t.installed_rank)',
        'installed_rank', 'installed_on', 'checksum'),
    (10, 'Liquibase', 'databasechangelog', '{id,author,filename,orderexecuted}', 'id::text', 'true', 'orderexecuted, id::text COLLATE "C"', 'dateexecuted', 'md5sum'),
    (11, 'node-pg-migrate', 'pgmigrations', '{id,name,run_on}', 'name::text', 'true', 'id', 'run_on', ''),
    (12, 'tern', 'schema_version', '{version}', 'version::text', 'true', 'version', '', ''),
    (13, 'graphile-migrate', 'migrations', '{hash,previous_hash,filename}', 'filename::text', 'true', 'filename::text COLLATE "C"', 'date', 'hash'),
    (14, 'Refinery', 'refinery_schema_history', '{version,name,applied_on,checksum}', 'version::text', 'true', 'version', 'applied_on', 'checksum'),
    (15, 'Prisma', '_prisma_migrations', '{migration_name,finished_at,rolled_back_at}', 'migration_name::text', 'finished_at IS NOT NULL AND rolled_back_at IS NULL', 'migration_name::text COLLATE "C"', 'finished_at', 'checksum'),
    (16, 'Drizzle', '__drizzle_migrations', '{id,hash,created_at}', 'created_at::text', 'true', 'created_at', '', 'hash'),
    (17, 'Atlas', 'atlas_schema_revisions', '{version,description,applied}', 'version::text', 'true', 'version::text COLLATE "C"', 'executed_at', 'hash'),
    (18, 'Knex', 'knex_migrations', '{id,name,batch}', 'name::text', 'true', 'id', 'migration_time', ''),
    (19, 'Alembic', 'alembic_version', '{version_num}', 'version_num::text', 'true', 'version_num::text COLLATE "C"', '', ''),
    (20, 'Django', 'django_migrations', '{id,app,name,applied}', '(app || ''.'' || name)::text', 'true', 'id', 'applied', '')
), found AS (
  SELECT DISTINCT ON (c.oid)
         n.nspname, c.relname, t.*,
         pg_catalog.has_table_privilege(c.oid, 'SELECT') AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
           AND NOT pg_catalog.row_security_active(c.oid)
           AND (c.relpersistence = 'p' OR NOT pg_catalog.pg_is_in_recovery()) AS readable,
         pg_catalog.format('ONLY %I.%I', n.nspname, c.relname) AS place_name,
         moments.words AS moment_words, checksums.words AS checksum_words
    FROM tools t
    JOIN pg_catalog.pg_class c
      ON c.relkind = 'r'
         AND (c.relname = t.relation
              OR (t.tool = 'Ecto' AND c.relnatts = 2 -- migration_source: any name, known by its columns
                  AND (c.relname LIKE '%migrations'
                       OR EXISTS (SELECT FROM pg_catalog.pg_attribute v
                                    JOIN pg_catalog.pg_attribute i ON i.attrelid = v.attrelid
                                    JOIN pg_catalog.pg_constraint k ON k.conrelid = v.attrelid
                                   WHERE v.attrelid = c.oid AND k.contype = 'p' AND k.conkey = ARRAY[v.attnum]
                                     AND v.attname = 'version' AND v.atttypid = 'pg_catalog.int8'::pg_catalog.regtype
                                     AND i.attname = 'inserted_at' AND i.atttypmod = 0
                                     AND i.atttypid = 'pg_catalog.timestamp'::pg_catalog.regtype))))
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    LEFT JOIN LATERAL (
         SELECT pg_catalog.format(CASE a.atttypid
                  WHEN 'pg_catalog.timestamp'::pg_catalog.regtype THEN 'pg_catalog.to_char(%I, ''YYYY-MM-DD HH24:MI:SS'')'
                  WHEN 'pg_catalog.timestamptz'::pg_catalog.regtype THEN 'pg_catalog.to_char(%I AT TIME ZONE ''UTC'', ''YYYY-MM-DD HH24:MI:SS'')'
                  ELSE 'pg_catalog.left(%I::pg_catalog.text, 19)' END, a.attname) AS words
           FROM pg_catalog.pg_attribute a
           JOIN pg_catalog.pg_type y ON y.oid = a.atttypid
          WHERE a.attrelid = c.oid AND a.attname = t.moment AND NOT a.attisdropped
            AND y.typnamespace = 'pg_catalog'::pg_catalog.regnamespace) moments ON true
    LEFT JOIN LATERAL (
         SELECT pg_catalog.format(CASE a.atttypid
                  WHEN 'pg_catalog.bytea'::pg_catalog.regtype THEN 'pg_catalog.encode(%I, ''hex'')'
                  ELSE '%I::pg_catalog.text' END, a.attname) AS words
           FROM pg_catalog.pg_attribute a
           JOIN pg_catalog.pg_type y ON y.oid = a.atttypid
          WHERE a.attrelid = c.oid AND a.attname = t.checksum AND NOT a.attisdropped
            AND y.typnamespace = 'pg_catalog'::pg_catalog.regnamespace) checksums ON true
   WHERE NOT EXISTS (SELECT FROM pg_catalog.unnest(t.needs::pg_catalog.text[]) u(name)
                      WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_attribute a
                                          JOIN pg_catalog.pg_type y ON y.oid = a.atttypid
                                         WHERE a.attrelid = c.oid AND a.attname = u.name AND NOT a.attisdropped
                                           AND y.typnamespace = 'pg_catalog'::pg_catalog.regnamespace))
     AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                      WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                        AND e.objid = c.oid AND e.deptype = 'e')
   ORDER BY c.oid, t.place
)
SELECT pg_catalog.string_agg(
         pg_catalog.format('SELECT %L AS schema, %L AS name, %L AS tool, %L::pg_catalog.bool AS readable, %s AS versions, %s AS applied_at, %s AS checksums',
           nspname, relname, tool, readable, lists[1], lists[2], lists[3]),
         ' UNION ALL ' ORDER BY nspname, relname) AS statement
  FROM found
 CROSS JOIN LATERAL (
       SELECT pg_catalog.array_agg(
                CASE WHEN readable AND e.words IS NOT NULL
                     THEN pg_catalog.format('ARRAY(SELECT coalesce(%s, '''') FROM %s t WHERE %s ORDER BY %s)', e.words, place_name,
                                            pg_catalog.format(condition, place_name), sort)
                     ELSE 'NULL::pg_catalog.text[]' END ORDER BY e.place) AS lists
         FROM (VALUES (1, version), (2, moment_words), (3, checksum_words)) e(place, words)) l;
