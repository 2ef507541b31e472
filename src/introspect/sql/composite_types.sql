-- Composite types that stand alone (a table's row type is the table).
SELECT t.oid,
       n.nspname AS schema,
       y.typname AS name,
       pg_catalog.pg_get_userbyid(y.typowner) AS owner,
       coalesce(y.typacl, pg_catalog.acldefault('T', y.typowner)) AS grants,
       c.description AS comment
  FROM pg_catalog.pg_type y
  JOIN pg_catalog.pg_class t ON t.oid = y.typrelid AND t.relkind = 'c'
  JOIN pg_catalog.pg_namespace n ON n.oid = y.typnamespace
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = y.oid AND c.classoid = 'pg_catalog.pg_type'::pg_catalog.regclass AND c.objsubid = 0
 WHERE y.typtype = 'c'
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_type'::pg_catalog.regclass
                      AND e.objid = y.oid AND e.deptype = 'e')
 ORDER BY n.nspname, y.typname;
