-- Domains.
SELECT y.oid,
       n.nspname AS schema,
       y.typname AS name,
       pg_catalog.format_type(y.typbasetype, y.typtypmod) AS type,
       y.typnotnull AS not_null,
       y.typdefault AS default_value,
       CASE WHEN y.typcollation <> b.typcollation THEN l.collname END AS collation,
       c.description AS comment
  FROM pg_catalog.pg_type y
  JOIN pg_catalog.pg_namespace n ON n.oid = y.typnamespace
  JOIN pg_catalog.pg_type b ON b.oid = y.typbasetype
  LEFT JOIN pg_catalog.pg_collation l ON l.oid = y.typcollation
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = y.oid AND c.classoid = 'pg_catalog.pg_type'::pg_catalog.regclass AND c.objsubid = 0
 WHERE y.typtype = 'd'
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_type'::pg_catalog.regclass
                      AND e.objid = y.oid AND e.deptype = 'e')
 ORDER BY n.nspname, y.typname;
