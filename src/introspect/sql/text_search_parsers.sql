-- Text search parsers.
SELECT n.nspname AS schema,
       s.prsname AS name,
       pg_catalog.array_remove(ARRAY[CASE WHEN s.prsstart <> 0 THEN 'START ' || s.prsstart END, CASE WHEN s.prstoken <> 0 THEN 'GETTOKEN ' || s.prstoken END, CASE WHEN s.prsend <> 0 THEN 'END ' || s.prsend END, CASE WHEN s.prslextype <> 0 THEN 'LEXTYPES ' || s.prslextype END, CASE WHEN s.prsheadline <> 0 THEN 'HEADLINE ' || s.prsheadline END], NULL) AS functions,
       c.description AS comment
  FROM pg_catalog.pg_ts_parser s
  JOIN pg_catalog.pg_namespace n ON n.oid = s.prsnamespace
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = s.oid AND c.classoid = 'pg_catalog.pg_ts_parser'::pg_catalog.regclass AND c.objsubid = 0
 WHERE s.oid >= 16384
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_ts_parser'::pg_catalog.regclass
                      AND e.objid = s.oid AND e.deptype = 'e')
 ORDER BY n.nspname, s.prsname;
