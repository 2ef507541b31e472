-- Transforms of types for languages. Their name is the server's own.
SELECT pg_catalog.format('for %s language %I', pg_catalog.format_type(r.trftype, NULL), l.lanname) AS name,
       CASE WHEN r.trffromsql <> 0 THEN r.trffromsql::pg_catalog.regprocedure::pg_catalog.text END AS from_sql,
       CASE WHEN r.trftosql <> 0 THEN r.trftosql::pg_catalog.regprocedure::pg_catalog.text END AS to_sql,
       c.description AS comment
  FROM pg_catalog.pg_transform r
  JOIN pg_catalog.pg_language l ON l.oid = r.trflang
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = r.oid AND c.classoid = 'pg_catalog.pg_transform'::pg_catalog.regclass AND c.objsubid = 0
 WHERE r.oid >= 16384
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_transform'::pg_catalog.regclass
                      AND e.objid = r.oid AND e.deptype = 'e')
 ORDER BY name;
