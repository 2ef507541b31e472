-- Views and materialized views, with the relations that their query reads.
SELECT t.oid,
       n.nspname AS schema,
       t.relname AS name,
       t.relkind = 'm' AS materialized,
       ARRAY(SELECT o.option FROM pg_catalog.unnest(t.reloptions) o(option) ORDER BY o.option COLLATE "C") AS options,
       pg_catalog.pg_get_viewdef(t.oid) AS definition,
       (SELECT pg_catalog.array_agg(DISTINCT ARRAY[un.nspname, u.relname, ua.attname])
          FROM pg_catalog.pg_depend d
          JOIN pg_catalog.pg_class u ON u.oid = d.refobjid AND u.relkind IN ('r', 'p', 'f', 'v', 'm')
          JOIN pg_catalog.pg_namespace un ON un.oid = u.relnamespace AND un.nspname !~ '^pg_'
          JOIN pg_catalog.pg_attribute ua ON ua.attrelid = u.oid AND ua.attnum = d.refobjsubid AND ua.attnum > 0
         WHERE d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
           AND d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
           AND d.objid = (SELECT w.oid FROM pg_catalog.pg_rewrite w WHERE w.ev_class = t.oid AND w.rulename = '_RETURN')
           AND u.oid <> t.oid) AS uses,
       (SELECT pg_catalog.array_agg(ARRAY[s.nspname, s.relname] ORDER BY s.nspname, s.relname)
          FROM (SELECT DISTINCT rn.nspname, r.relname
                  FROM pg_catalog.pg_rewrite w
                  JOIN pg_catalog.pg_depend d
                    ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND d.objid = w.oid
                   AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid <> t.oid
                  JOIN pg_catalog.pg_class r ON r.oid = d.refobjid AND r.relkind IN ('r', 'p', 'f', 'v', 'm')
                  JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
                 WHERE w.ev_class = t.oid AND w.rulename = '_RETURN') s) AS reads,
       pg_catalog.pg_get_userbyid(t.relowner) AS owner,
       coalesce(t.relacl, pg_catalog.acldefault('r', t.relowner)) AS grants,
       c.description AS comment
  FROM pg_catalog.pg_class t
  JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = t.oid AND c.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND c.objsubid = 0
 WHERE t.relkind IN ('v', 'm')
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                      AND e.objid = t.oid AND e.deptype = 'e')
 ORDER BY n.nspname, t.relname;
