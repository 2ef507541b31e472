-- Schemas that people made, or put something into; those of extensions stand with their extension.
SELECT n.oid,
       n.nspname AS name,
       pg_catalog.pg_get_userbyid(n.nspowner) AS owner,
       coalesce(n.nspacl, pg_catalog.acldefault('n', n.nspowner)) AS grants,
       c.description AS comment
  FROM pg_catalog.pg_namespace n
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = n.oid AND c.classoid = 'pg_catalog.pg_namespace'::pg_catalog.regclass AND c.objsubid = 0
 WHERE n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND (NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                     WHERE e.classid = 'pg_catalog.pg_namespace'::pg_catalog.regclass
                       AND e.objid = n.oid AND e.deptype = 'e')
        OR EXISTS (SELECT FROM pg_catalog.pg_class t
                    WHERE t.relnamespace = n.oid AND t.relkind IN ('r', 'p', 'f', 'v', 'm', 'S')
                      AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                                       WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                                         AND e.objid = t.oid AND e.deptype IN ('e', 'a', 'i')))
        OR EXISTS (SELECT FROM pg_catalog.pg_proc p
                    WHERE p.pronamespace = n.oid
                      AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                                       WHERE e.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
                                         AND e.objid = p.oid AND e.deptype IN ('e', 'i'))))
 ORDER BY n.nspname;
