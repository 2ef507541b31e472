-- Sequences; owned_by is the column of a serial or identity.
SELECT n.nspname AS schema,
       t.relname AS name,
       t.relpersistence = 'u' AS unlogged,
       pg_catalog.format_type(s.seqtypid, NULL) AS type,
       s.seqstart AS start,
       s.seqmin AS minimum,
       s.seqmax AS maximum,
       s.seqincrement AS increment,
       s.seqcache AS cache,
       s.seqcycle AS cycle,
       CASE WHEN o.oid IS NOT NULL THEN ARRAY[onn.nspname, o.relname, a.attname] END AS owned_by,
       coalesce(d.deptype = 'i', false) AS identity,
       pg_catalog.pg_get_userbyid(t.relowner) AS owner,
       coalesce(t.relacl, pg_catalog.acldefault('s', t.relowner)) AS grants,
       c.description AS comment
  FROM pg_catalog.pg_sequence s
  JOIN pg_catalog.pg_class t ON t.oid = s.seqrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
  LEFT JOIN pg_catalog.pg_depend d
    ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = t.oid AND d.objsubid = 0
   AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
  LEFT JOIN pg_catalog.pg_class o ON o.oid = d.refobjid
  LEFT JOIN pg_catalog.pg_namespace onn ON onn.oid = o.relnamespace
  LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = t.oid AND c.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND c.objsubid = 0
 WHERE n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                      AND e.objid IN (t.oid, o.oid) AND e.deptype = 'e')
 ORDER BY n.nspname, t.relname;
