-- Text search dictionaries.
SELECT n.nspname AS schema,
       s.dictname AS name,
       pg_catalog.format('%I.%I', tn.nspname, t.tmplname) AS template,
       s.dictinitoption AS options,
       c.description AS comment,
       pg_catalog.pg_get_userbyid(s.dictowner) AS owner
  FROM pg_catalog.pg_ts_dict s
  JOIN pg_catalog.pg_namespace n ON n.oid = s.dictnamespace
  JOIN pg_catalog.pg_ts_template t ON t.oid = s.dicttemplate
  JOIN pg_catalog.pg_namespace tn ON tn.oid = t.tmplnamespace
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = s.oid AND c.classoid = 'pg_catalog.pg_ts_dict'::pg_catalog.regclass AND c.objsubid = 0
 WHERE s.oid >= 16384
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_ts_dict'::pg_catalog.regclass
                      AND e.objid = s.oid AND e.deptype = 'e')
 ORDER BY n.nspname, s.dictname;
