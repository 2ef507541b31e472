-- Where the reading happens: one row.
SELECT pg_catalog.current_database() AS name,
       pg_catalog.shobj_description(d.oid, 'pg_database') AS comment,
       pg_catalog.current_setting('server_version_num')::pg_catalog.int4 / 10000 AS postgresql
  FROM pg_catalog.pg_database d
 WHERE d.datname = pg_catalog.current_database();
