-- Extended statistics; parent is the relation.
SELECT x.stxrelid AS parent,
       n.nspname AS schema,
       x.stxname AS name,
       ARRAY(SELECT CASE k.kind WHEN 'd' THEN 'ndistinct' WHEN 'f' THEN 'dependencies' WHEN 'm' THEN 'mcv' ELSE 'expressions' END
               FROM pg_catalog.unnest(x.stxkind) k(kind) ORDER BY 1) AS gathered,
       ARRAY(SELECT a.attname
               FROM pg_catalog.unnest(x.stxkeys) WITH ORDINALITY u(attnum, place)
               JOIN pg_catalog.pg_attribute a ON a.attrelid = x.stxrelid AND a.attnum = u.attnum
              ORDER BY u.place) AS columns,
       CASE WHEN x.stxstattarget >= 0 THEN x.stxstattarget END AS target,
       pg_catalog.pg_get_statisticsobjdef(x.oid) AS definition,
       c.description AS comment,
       pg_catalog.pg_get_userbyid(x.stxowner) AS owner
  FROM pg_catalog.pg_statistic_ext x
  JOIN pg_catalog.pg_namespace n ON n.oid = x.stxnamespace
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = x.oid AND c.classoid = 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass AND c.objsubid = 0
 WHERE n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass
                      AND e.objid = x.oid AND e.deptype = 'e')
 ORDER BY x.stxrelid, n.nspname, x.stxname;
