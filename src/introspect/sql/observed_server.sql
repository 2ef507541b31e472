-- When and where the observation was made: one row.
SELECT pg_catalog.current_database() AS database,
       pg_catalog.to_char(pg_catalog.now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS taken_at,
       pg_catalog.split_part(pg_catalog.current_setting('server_version'), ' ', 1) AS server_version,
       CASE WHEN pg_catalog.pg_is_in_recovery() THEN 'standby' ELSE 'primary' END AS node,
       CASE WHEN $1::pg_catalog.bool THEN 'files' ELSE 'relpages' END AS sizes,
       pg_catalog.to_char(pg_catalog.pg_stat_get_db_stat_reset_time(d.oid) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS counters_since,
       ARRAY(SELECT s.name || '=' || s.setting
               FROM pg_catalog.pg_settings s
              WHERE s.name IN ('autovacuum', 'autovacuum_analyze_scale_factor', 'autovacuum_analyze_threshold',
                               'autovacuum_freeze_max_age', 'autovacuum_multixact_freeze_max_age',
                               'autovacuum_vacuum_max_threshold', 'autovacuum_vacuum_scale_factor',
                               'autovacuum_vacuum_threshold', 'max_connections')
              ORDER BY s.name COLLATE "C") AS settings
  FROM (SELECT pg_catalog.current_database() AS name) here
  LEFT JOIN pg_catalog.pg_database d ON d.datname = here.name;
