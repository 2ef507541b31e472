-- Tablespaces of the server; never the folder that they are in.
SELECT s.spcname AS name,
       s.spcoptions AS options,
       (SELECT c.description FROM pg_catalog.pg_shdescription c WHERE c.objoid = s.oid AND c.classoid = 'pg_catalog.pg_tablespace'::pg_catalog.regclass) AS comment,
       pg_catalog.pg_get_userbyid(s.spcowner) AS owner,
       coalesce(s.spcacl, pg_catalog.acldefault('t', s.spcowner)) AS grants
  FROM pg_catalog.pg_tablespace s
 WHERE s.oid >= 16384
 ORDER BY s.spcname;
