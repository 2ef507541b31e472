-- Casts. Their name is the server's own.
SELECT pg_catalog.format('(%s AS %s)', pg_catalog.format_type(k.castsource, NULL), pg_catalog.format_type(k.casttarget, NULL)) AS name,
       CASE k.castmethod WHEN 'f' THEN 'function' WHEN 'i' THEN 'input and output' WHEN 'b' THEN 'without function' END AS method,
       CASE WHEN k.castfunc <> 0 THEN k.castfunc::pg_catalog.regprocedure::pg_catalog.text END AS function,
       CASE k.castcontext WHEN 'e' THEN 'when asked for' WHEN 'a' THEN 'in assignments' WHEN 'i' THEN 'always' END AS applies,
       c.description AS comment
  FROM pg_catalog.pg_cast k
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = k.oid AND c.classoid = 'pg_catalog.pg_cast'::pg_catalog.regclass AND c.objsubid = 0
 WHERE k.oid >= 16384
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_cast'::pg_catalog.regclass
                      AND e.objid = k.oid AND e.deptype IN ('e', 'i')) -- a range type makes some of its own
 ORDER BY name;
