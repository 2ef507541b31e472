-- Text search templates.
SELECT n.nspname AS schema,
       s.tmplname AS name,
       pg_catalog.array_remove(ARRAY[CASE WHEN s.tmplinit <> 0 THEN 'INIT ' || s.tmplinit END, CASE WHEN s.tmpllexize <> 0 THEN 'LEXIZE ' || s.tmpllexize END], NULL) AS functions,
       c.description AS comment
  FROM pg_catalog.pg_ts_template s
  JOIN pg_catalog.pg_namespace n ON n.oid = s.tmplnamespace
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = s.oid AND c.classoid = 'pg_catalog.pg_ts_template'::pg_catalog.regclass AND c.objsubid = 0
 WHERE s.oid >= 16384
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_ts_template'::pg_catalog.regclass
                      AND e.objid = s.oid AND e.deptype = 'e')
 ORDER BY n.nspname, s.tmplname;
