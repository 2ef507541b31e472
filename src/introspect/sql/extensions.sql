-- Extensions with everything that belongs to them, in words that no language setting translates.
SELECT e.extname AS name,
       n.nspname AS schema,
       e.extversion AS version,
       pg_catalog.pg_get_userbyid(e.extowner) AS owner,
       c.description AS comment,
       ARRAY(SELECT o.type || ' ' || o.identity
               FROM pg_catalog.pg_depend d
              CROSS JOIN LATERAL pg_catalog.pg_identify_object(d.classid, d.objid, d.objsubid) o
              WHERE d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
                AND d.refobjid = e.oid AND d.deptype = 'e'
              ORDER BY (o.type || ' ' || o.identity) COLLATE "C") AS members
  FROM pg_catalog.pg_extension e
  JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = e.oid AND c.classoid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND c.objsubid = 0
 ORDER BY e.extname;
