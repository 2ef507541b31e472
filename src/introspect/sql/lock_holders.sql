-- Who holds a lock that even reading a definition must wait for.
SELECT pg_catalog.string_agg(DISTINCT pg_catalog.format('%I.%I by process %s of %s%s', n.nspname, t.relname, l.pid,
                               coalesce(a.usename, 'nobody any more'),
                               CASE WHEN a.application_name <> '' THEN ', ' || a.application_name END), '; ') AS holders
  FROM pg_catalog.pg_locks l
  JOIN pg_catalog.pg_class t ON t.oid = l.relation
  JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
  LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
 WHERE l.granted
   AND l.mode = 'AccessExclusiveLock'
   AND l.locktype = 'relation'
   AND t.relkind IN ('r', 'p', 'f', 'v', 'm', 'S', 'i', 'I')
   AND l.pid <> pg_catalog.pg_backend_pid()
   AND l.relation >= 16384
   AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database());
