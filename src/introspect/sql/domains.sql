-- Domains.
SELECT y.oid,
       n.nspname AS schema,
       y.typname AS name,
       pg_catalog.format_type(y.typbasetype, y.typtypmod) AS type,
       CASE WHEN en.nspname !~ '^pg_' AND en.nspname <> 'information_schema' THEN ARRAY[en.nspname, e.typname]
            WHEN bn.nspname !~ '^pg_' AND bn.nspname <> 'information_schema' THEN ARRAY[bn.nspname, b.typname] END AS type_object,
       y.typnotnull AS not_null,
       pg_catalog.pg_get_expr(y.typdefaultbin, 0) AS default_value,
       CASE WHEN y.typcollation = b.typcollation THEN NULL
            WHEN ln.nspname = 'pg_catalog' THEN l.collname
            ELSE pg_catalog.quote_ident(ln.nspname) || '.' || pg_catalog.quote_ident(l.collname) END AS collation,
       pg_catalog.pg_get_userbyid(y.typowner) AS owner,
       coalesce(y.typacl, pg_catalog.acldefault('T', y.typowner)) AS grants,
       c.description AS comment
  FROM pg_catalog.pg_type y
  JOIN pg_catalog.pg_namespace n ON n.oid = y.typnamespace
  JOIN pg_catalog.pg_type b ON b.oid = y.typbasetype
  JOIN pg_catalog.pg_namespace bn ON bn.oid = b.typnamespace
  LEFT JOIN pg_catalog.pg_type e ON e.oid = b.typelem AND b.typcategory = 'A'
  LEFT JOIN pg_catalog.pg_namespace en ON en.oid = e.typnamespace
  LEFT JOIN pg_catalog.pg_collation l ON l.oid = y.typcollation
  LEFT JOIN pg_catalog.pg_namespace ln ON ln.oid = l.collnamespace
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = y.oid AND c.classoid = 'pg_catalog.pg_type'::pg_catalog.regclass AND c.objsubid = 0
 WHERE y.typtype = 'd'
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_type'::pg_catalog.regclass
                      AND e.objid = y.oid AND e.deptype = 'e')
 ORDER BY n.nspname, y.typname;
