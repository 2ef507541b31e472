-- Range types; their multirange type is made with them.
SELECT n.nspname AS schema,
       y.typname AS name,
       pg_catalog.format_type(r.rngsubtype, NULL) AS subtype,
       CASE WHEN opn.nspname = 'pg_catalog' THEN o.opcname
            ELSE pg_catalog.quote_ident(opn.nspname) || '.' || pg_catalog.quote_ident(o.opcname) END AS operator_class,
       CASE WHEN r.rngcollation = b.typcollation THEN NULL
            WHEN ln.nspname = 'pg_catalog' THEN l.collname
            ELSE pg_catalog.quote_ident(ln.nspname) || '.' || pg_catalog.quote_ident(l.collname) END AS collation,
       CASE WHEN r.rngcanonical <> 0 THEN r.rngcanonical::pg_catalog.text END AS canonical_function,
       CASE WHEN r.rngsubdiff <> 0 THEN r.rngsubdiff::pg_catalog.text END AS difference_function,
       pg_catalog.format_type(r.rngmultitypid, NULL) AS multirange, -- since 14
       pg_catalog.pg_get_userbyid(y.typowner) AS owner,
       coalesce(y.typacl, pg_catalog.acldefault('T', y.typowner)) AS grants,
       c.description AS comment
  FROM pg_catalog.pg_range r
  JOIN pg_catalog.pg_type y ON y.oid = r.rngtypid
  JOIN pg_catalog.pg_namespace n ON n.oid = y.typnamespace
  JOIN pg_catalog.pg_type b ON b.oid = r.rngsubtype
  JOIN pg_catalog.pg_opclass o ON o.oid = r.rngsubopc
  JOIN pg_catalog.pg_namespace opn ON opn.oid = o.opcnamespace
  LEFT JOIN pg_catalog.pg_collation l ON l.oid = r.rngcollation
  LEFT JOIN pg_catalog.pg_namespace ln ON ln.oid = l.collnamespace
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = y.oid AND c.classoid = 'pg_catalog.pg_type'::pg_catalog.regclass AND c.objsubid = 0
 WHERE n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_type'::pg_catalog.regclass
                      AND e.objid = y.oid AND e.deptype = 'e')
 ORDER BY n.nspname, y.typname;
