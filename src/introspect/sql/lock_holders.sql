-- Who holds a lock that even reading a definition must wait for.
SELECT pg_catalog.string_agg(DISTINCT pg_catalog.format('%I.%I, process %s', n.nspname, t.relname, l.pid), '; ') AS holders
  FROM pg_catalog.pg_locks l
  JOIN pg_catalog.pg_class t ON t.oid = l.relation
  JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
 WHERE l.granted
   AND l.mode = 'AccessExclusiveLock'
   AND l.locktype = 'relation'
   AND t.relkind IN ('r', 'p', 'f', 'v', 'm', 'S', 'i', 'I')
   AND l.pid <> pg_catalog.pg_backend_pid()
   AND l.relation >= 16384
   AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database());
