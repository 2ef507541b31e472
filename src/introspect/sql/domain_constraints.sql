-- Checks of domains; parent is the domain. NOT NULL is a fact of the domain itself.
SELECT k.contypid AS parent,
       k.conname AS name,
       pg_catalog.pg_get_constraintdef(k.oid) AS definition,
       k.convalidated AS validated,
       c.description AS comment
  FROM pg_catalog.pg_constraint k
  JOIN pg_catalog.pg_namespace n ON n.oid = k.connamespace
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = k.oid AND c.classoid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND c.objsubid = 0
 WHERE k.contypid <> 0
   AND k.contype = 'c'
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
 ORDER BY k.contypid, k.conname;
