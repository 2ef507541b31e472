-- Who holds a lock that even reading a definition must wait for.
SELECT pg_catalog.string_agg(pg_catalog.format('%s, process %s', l.relation::pg_catalog.regclass, l.pid),
                             '; ' ORDER BY l.relation::pg_catalog.regclass::pg_catalog.text COLLATE "C", l.pid) AS holders
  FROM pg_catalog.pg_locks l
 WHERE l.granted
   AND l.mode = 'AccessExclusiveLock'
   AND l.locktype = 'relation'
   AND l.pid <> pg_catalog.pg_backend_pid()
   AND l.relation >= 16384
   AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database());
