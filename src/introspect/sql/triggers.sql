-- Triggers of tables and views; parent is the relation. tgtype's bits: 1 row, 2 before, 4 insert,
-- 8 delete, 16 update, 32 truncate, 64 instead of. Before 15, those of partitions count as internal.
SELECT g.tgrelid AS parent,
       g.tgname AS name,
       CASE WHEN g.tgtype & 64 <> 0 THEN 'INSTEAD OF' WHEN g.tgtype & 2 <> 0 THEN 'BEFORE' ELSE 'AFTER' END AS timing,
       pg_catalog.array_remove(ARRAY[CASE WHEN g.tgtype & 4 <> 0 THEN 'INSERT' END,
                                     CASE WHEN g.tgtype & 16 <> 0 THEN 'UPDATE' END,
                                     CASE WHEN g.tgtype & 8 <> 0 THEN 'DELETE' END,
                                     CASE WHEN g.tgtype & 32 <> 0 THEN 'TRUNCATE' END], NULL) AS events,
       g.tgtype & 1 <> 0 AS for_each_row,
       g.tgconstraint <> 0 AS "constraint",
       ARRAY[fn.nspname, f.proname, ''] AS function,
       CASE g.tgenabled WHEN 'O' THEN 'origin' WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END AS enabled,
       g.tgparentid <> 0 AS inherited,
       (SELECT pg_catalog.array_agg(DISTINCT ARRAY[un.nspname, u.relname, ua.attname])
          FROM pg_catalog.pg_depend d
          JOIN pg_catalog.pg_class u ON u.oid = d.refobjid AND u.relkind IN ('r', 'p', 'f', 'v', 'm')
          JOIN pg_catalog.pg_namespace un ON un.oid = u.relnamespace AND un.nspname !~ '^pg_'
          JOIN pg_catalog.pg_attribute ua ON ua.attrelid = u.oid AND ua.attnum = d.refobjsubid AND ua.attnum > 0
         WHERE d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
           AND d.classid = 'pg_catalog.pg_trigger'::pg_catalog.regclass AND d.objid = g.oid) AS uses,
       pg_catalog.pg_get_triggerdef(g.oid) AS definition,
       c.description AS comment
  FROM pg_catalog.pg_trigger g
  JOIN pg_catalog.pg_class t ON t.oid = g.tgrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
  JOIN pg_catalog.pg_proc f ON f.oid = g.tgfoid
  JOIN pg_catalog.pg_namespace fn ON fn.oid = f.pronamespace
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = g.oid AND c.classoid = 'pg_catalog.pg_trigger'::pg_catalog.regclass AND c.objsubid = 0
 WHERE (NOT g.tgisinternal
        OR g.tgparentid <> 0 AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.oid = g.tgconstraint AND k.contype <> 't'))
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
 ORDER BY g.tgrelid, g.tgname;
