-- Schemas that people made; those of extensions stand with their extension.
SELECT n.oid,
       n.nspname AS name,
       c.description AS comment
  FROM pg_catalog.pg_namespace n
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = n.oid AND c.classoid = 'pg_catalog.pg_namespace'::pg_catalog.regclass AND c.objsubid = 0
 WHERE n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_namespace'::pg_catalog.regclass
                      AND e.objid = n.oid AND e.deptype = 'e')
 ORDER BY n.nspname;
