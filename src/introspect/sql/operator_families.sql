-- Operator families, with the operators and functions that belong to no class of theirs.
SELECT n.nspname AS schema,
       f.opfname AS name,
       m.amname AS access_method,
       ARRAY(SELECT m.member
               FROM (SELECT 1 AS part, p.amopstrategy AS place, p.amoplefttype AS "left", p.amoprighttype AS "right",
                            'OPERATOR ' || p.amopstrategy || ' ' || p.amopopr::pg_catalog.regoperator
                              || CASE WHEN p.amopsortfamily <> 0 THEN ' FOR ORDER BY' ELSE '' END AS member
                       FROM pg_catalog.pg_depend d
                       JOIN pg_catalog.pg_amop p ON p.oid = d.objid
                      WHERE d.classid = 'pg_catalog.pg_amop'::pg_catalog.regclass
                        AND d.refclassid = 'pg_catalog.pg_opfamily'::pg_catalog.regclass AND d.refobjid = f.oid AND d.deptype = 'a'
                     UNION ALL
                     SELECT 2, p.amprocnum, p.amproclefttype, p.amprocrighttype,
                            'FUNCTION ' || p.amprocnum || ' ' || p.amproc::pg_catalog.regprocedure
                       FROM pg_catalog.pg_depend d
                       JOIN pg_catalog.pg_amproc p ON p.oid = d.objid
                      WHERE d.classid = 'pg_catalog.pg_amproc'::pg_catalog.regclass
                        AND d.refclassid = 'pg_catalog.pg_opfamily'::pg_catalog.regclass AND d.refobjid = f.oid AND d.deptype = 'a') m
              ORDER BY m.part, m.place, m.member COLLATE "C") AS members,
       c.description AS comment,
       pg_catalog.pg_get_userbyid(f.opfowner) AS owner
  FROM pg_catalog.pg_opfamily f
  JOIN pg_catalog.pg_namespace n ON n.oid = f.opfnamespace
  JOIN pg_catalog.pg_am m ON m.oid = f.opfmethod
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = f.oid AND c.classoid = 'pg_catalog.pg_opfamily'::pg_catalog.regclass AND c.objsubid = 0
 WHERE f.oid >= 16384
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_opfamily'::pg_catalog.regclass
                      AND e.objid = f.oid AND e.deptype = 'e')
 ORDER BY n.nspname, f.opfname, m.amname;
