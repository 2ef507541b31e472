-- Foreign servers. The values of options stay on the server; user mappings are never read.
SELECT s.srvname AS name,
       w.fdwname AS wrapper,
       s.srvtype AS type,
       s.srvversion AS version,
       ARRAY(SELECT pg_catalog.split_part(o.option, '=', 1) FROM pg_catalog.unnest(s.srvoptions) o(option) ORDER BY 1) AS options,
       c.description AS comment,
       pg_catalog.pg_get_userbyid(s.srvowner) AS owner,
       coalesce(s.srvacl, pg_catalog.acldefault('S', s.srvowner)) AS grants
  FROM pg_catalog.pg_foreign_server s
  JOIN pg_catalog.pg_foreign_data_wrapper w ON w.oid = s.srvfdw
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = s.oid AND c.classoid = 'pg_catalog.pg_foreign_server'::pg_catalog.regclass AND c.objsubid = 0
 WHERE s.oid >= 16384
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_foreign_server'::pg_catalog.regclass
                      AND e.objid = s.oid AND e.deptype = 'e')
 ORDER BY s.srvname;
