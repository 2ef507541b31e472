-- Base types and shell types; arrays and multiranges belong to the type they are made of.
SELECT n.nspname AS schema,
       y.typname AS name,
       y.typisdefined AS defined,
       CASE WHEN y.typisdefined THEN y.typinput::pg_catalog.text END AS input_function,
       CASE WHEN y.typisdefined THEN y.typoutput::pg_catalog.text END AS output_function,
       pg_catalog.pg_get_userbyid(y.typowner) AS owner,
       coalesce(y.typacl, pg_catalog.acldefault('T', y.typowner)) AS grants,
       c.description AS comment
  FROM pg_catalog.pg_type y
  JOIN pg_catalog.pg_namespace n ON n.oid = y.typnamespace
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = y.oid AND c.classoid = 'pg_catalog.pg_type'::pg_catalog.regclass AND c.objsubid = 0
 WHERE y.typtype IN ('b', 'p')
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_type e WHERE e.typarray = y.oid)
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_type'::pg_catalog.regclass
                      AND e.objid = y.oid AND e.deptype = 'e')
 ORDER BY n.nspname, y.typname;
