-- Extensions with everything that belongs to them.
SELECT e.extname AS name,
       n.nspname AS schema,
       e.extversion AS version,
       c.description AS comment,
       ARRAY(SELECT pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid)
               FROM pg_catalog.pg_depend d
              WHERE d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
                AND d.refobjid = e.oid AND d.deptype = 'e'
              ORDER BY pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid) COLLATE "C") AS members
  FROM pg_catalog.pg_extension e
  JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = e.oid AND c.classoid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND c.objsubid = 0
 ORDER BY e.extname;
