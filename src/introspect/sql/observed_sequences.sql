-- How far sequences have come; NULL: never used, or not visible to this role.
SELECT ARRAY[n.nspname, t.relname] AS sequence,
       CASE WHEN pg_catalog.has_sequence_privilege(t.oid, 'USAGE, SELECT') AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
            THEN pg_catalog.pg_sequence_last_value(t.oid) END AS last_value
  FROM pg_catalog.pg_class t
  JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
  LEFT JOIN pg_catalog.pg_depend d
    ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = t.oid AND d.objsubid = 0
   AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
 WHERE t.relkind = 'S'
   AND t.relpersistence = 'p'
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                      AND e.objid IN (t.oid, d.refobjid) AND e.deptype = 'e')
 ORDER BY n.nspname, t.relname;
