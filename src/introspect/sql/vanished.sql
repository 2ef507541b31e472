-- Relations that this transaction still sees although they are gone: asking for a privilege looks at the
-- newest catalog and knows nothing of them.
SELECT pg_catalog.format('%I.%I', n.nspname, t.relname) AS name
  FROM pg_catalog.pg_class t
  JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
 WHERE t.relkind IN ('r', 'p', 'f', 'v', 'm', 'S')
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND pg_catalog.has_table_privilege(t.oid, 'SELECT') IS NULL
 ORDER BY n.nspname, t.relname
 LIMIT 1;
