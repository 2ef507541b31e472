-- Where the reading happens: one row. Of settings with a point in their name, the values stay on the server (roles.sql).
SELECT pg_catalog.current_database() AS name,
       (SELECT c.description FROM pg_catalog.pg_shdescription c WHERE c.objoid = d.oid AND c.classoid = 'pg_catalog.pg_database'::pg_catalog.regclass) AS comment,
       pg_catalog.pg_get_userbyid(d.datdba) AS owner,
       coalesce(d.datacl, pg_catalog.acldefault('d', d.datdba)) AS grants,
       (SELECT pg_catalog.array_agg(CASE WHEN pg_catalog.split_part(u.line, '=', 1) LIKE '%.%' THEN pg_catalog.split_part(u.line, '=', 1) || '=***'
                                         ELSE u.line END ORDER BY u.place)
          FROM pg_catalog.pg_db_role_setting s, pg_catalog.unnest(s.setconfig) WITH ORDINALITY u(line, place)
         WHERE s.setdatabase = d.oid AND s.setrole = 0) AS settings,
       (SELECT pg_catalog.array_agg(CASE WHEN pg_catalog.split_part(u.line, '=', 1) LIKE '%.%' THEN pg_catalog.split_part(u.line, '=', 1) || '=***'
                                         ELSE u.line END ORDER BY u.place)
          FROM pg_catalog.pg_db_role_setting s, pg_catalog.unnest(s.setconfig) WITH ORDINALITY u(line, place)
         WHERE s.setdatabase = 0 AND s.setrole = 0) AS settings_of_all,
       current_user AS reader,
       pg_catalog.current_setting('server_version_num')::pg_catalog.int4 / 10000 AS postgresql
  FROM (SELECT pg_catalog.current_database() AS name) here
  LEFT JOIN pg_catalog.pg_database d ON d.datname = here.name;
