-- Row security policies; parent is the table.
SELECT p.polrelid AS parent,
       p.polname AS name,
       CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END AS command,
       p.polpermissive AS permissive,
       ARRAY(SELECT coalesce(r.rolname, 'public')
               FROM pg_catalog.unnest(p.polroles) u(role)
               LEFT JOIN pg_catalog.pg_roles r ON r.oid = u.role
              ORDER BY r.rolname) AS roles,
       pg_catalog.pg_get_expr(p.polqual, p.polrelid) AS using_expression,
       pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) AS check_expression,
       (SELECT pg_catalog.array_agg(DISTINCT ARRAY[un.nspname, u.relname, ua.attname])
          FROM pg_catalog.pg_depend d
          JOIN pg_catalog.pg_class u ON u.oid = d.refobjid AND u.relkind IN ('r', 'p', 'f', 'v', 'm')
          JOIN pg_catalog.pg_namespace un ON un.oid = u.relnamespace AND un.nspname !~ '^pg_'
          JOIN pg_catalog.pg_attribute ua ON ua.attrelid = u.oid AND ua.attnum = d.refobjsubid AND ua.attnum > 0
         WHERE d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
           AND d.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass AND d.objid = p.oid) AS uses,
       c.description AS comment
  FROM pg_catalog.pg_policy p
  JOIN pg_catalog.pg_class t ON t.oid = p.polrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = p.oid AND c.classoid = 'pg_catalog.pg_policy'::pg_catalog.regclass AND c.objsubid = 0
 WHERE n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
 ORDER BY p.polrelid, p.polname;
