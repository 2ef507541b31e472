-- Access methods that people made.
SELECT m.amname AS name,
       CASE m.amtype WHEN 'i' THEN 'indexes' WHEN 't' THEN 'tables' END AS type,
       m.amhandler::pg_catalog.text AS handler,
       c.description AS comment
  FROM pg_catalog.pg_am m
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = m.oid AND c.classoid = 'pg_catalog.pg_am'::pg_catalog.regclass AND c.objsubid = 0
 WHERE m.oid >= 16384
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_am'::pg_catalog.regclass
                      AND e.objid = m.oid AND e.deptype = 'e')
 ORDER BY m.amname;
