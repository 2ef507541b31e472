-- Enum types with their labels in order.
SELECT n.nspname AS schema,
       y.typname AS name,
       ARRAY(SELECT v.enumlabel FROM pg_catalog.pg_enum v WHERE v.enumtypid = y.oid ORDER BY v.enumsortorder) AS labels,
       pg_catalog.pg_get_userbyid(y.typowner) AS owner,
       coalesce(y.typacl, pg_catalog.acldefault('T', y.typowner)) AS grants,
       c.description AS comment
  FROM pg_catalog.pg_type y
  JOIN pg_catalog.pg_namespace n ON n.oid = y.typnamespace
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = y.oid AND c.classoid = 'pg_catalog.pg_type'::pg_catalog.regclass AND c.objsubid = 0
 WHERE y.typtype = 'e'
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_type'::pg_catalog.regclass
                      AND e.objid = y.oid AND e.deptype = 'e')
 ORDER BY n.nspname, y.typname;
