-- Statements of this database. Which columns the view has depends on the version of the extension, not of the server.
SELECT s.j ->> 'query' AS query,
       s.j ->> 'calls' AS calls,
       coalesce(s.j ->> 'total_exec_time', s.j ->> 'total_time') AS total_exec_time,
       s.j ->> 'rows' AS rows,
       s.j ->> 'shared_blks_hit' AS shared_blks_hit,
       s.j ->> 'shared_blks_read' AS shared_blks_read,
       pg_catalog.to_char(pg_catalog.now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS taken_at
  FROM (SELECT pg_catalog.to_jsonb(p) AS j
          FROM pg_stat_statements p
          JOIN pg_catalog.pg_database d ON d.oid = p.dbid
         WHERE d.datname = pg_catalog.current_database()) s
 ORDER BY 1, 2, 3, 4, 5, 6;
