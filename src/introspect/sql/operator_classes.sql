-- Operator classes, with the operators and functions that belong to them.
SELECT n.nspname AS schema,
       o.opcname AS name,
       m.amname AS access_method,
       pg_catalog.format_type(o.opcintype, NULL) AS type,
       o.opcdefault AS default_class,
       CASE WHEN f.opfname <> o.opcname OR f.opfnamespace <> o.opcnamespace
            THEN pg_catalog.format('%I.%I', fn.nspname, f.opfname) END AS family,
       CASE WHEN o.opckeytype <> 0 THEN pg_catalog.format_type(o.opckeytype, NULL) END AS stored_type,
       ARRAY(SELECT m.member
               FROM (SELECT 1 AS part, p.amopstrategy AS place, p.amoplefttype AS "left", p.amoprighttype AS "right",
                            'OPERATOR ' || p.amopstrategy || ' ' || p.amopopr::pg_catalog.regoperator
                              || CASE WHEN p.amopsortfamily <> 0 THEN ' FOR ORDER BY' ELSE '' END AS member
                       FROM pg_catalog.pg_depend d
                       JOIN pg_catalog.pg_amop p ON p.oid = d.objid
                      WHERE d.classid = 'pg_catalog.pg_amop'::pg_catalog.regclass
                        AND d.refclassid = 'pg_catalog.pg_opclass'::pg_catalog.regclass AND d.refobjid = o.oid AND d.deptype = 'i'
                     UNION ALL
                     SELECT 2, p.amprocnum, p.amproclefttype, p.amprocrighttype,
                            'FUNCTION ' || p.amprocnum || ' ' || p.amproc::pg_catalog.regprocedure
                       FROM pg_catalog.pg_depend d
                       JOIN pg_catalog.pg_amproc p ON p.oid = d.objid
                      WHERE d.classid = 'pg_catalog.pg_amproc'::pg_catalog.regclass
                        AND d.refclassid = 'pg_catalog.pg_opclass'::pg_catalog.regclass AND d.refobjid = o.oid AND d.deptype = 'i') m
              ORDER BY m.part, m.place, m.member COLLATE "C") AS members,
       c.description AS comment,
       pg_catalog.pg_get_userbyid(o.opcowner) AS owner
  FROM pg_catalog.pg_opclass o
  JOIN pg_catalog.pg_namespace n ON n.oid = o.opcnamespace
  JOIN pg_catalog.pg_am m ON m.oid = o.opcmethod
  JOIN pg_catalog.pg_opfamily f ON f.oid = o.opcfamily
  JOIN pg_catalog.pg_namespace fn ON fn.oid = f.opfnamespace
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = o.oid AND c.classoid = 'pg_catalog.pg_opclass'::pg_catalog.regclass AND c.objsubid = 0
 WHERE o.oid >= 16384
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_opclass'::pg_catalog.regclass
                      AND e.objid = o.oid AND e.deptype = 'e')
 ORDER BY n.nspname, o.opcname, m.amname;
