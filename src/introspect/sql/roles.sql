-- Roles that own something in this database or are named in a grant or a policy of it; those that may read,
-- write or maintain everything; all members of these; and what all of them are members of. Never what
-- pg_authid holds of them: passwords, and until when they are good. What a setting with a point in its name
-- means, and whether it is secret, only its own application knows: its value stays on the server.
WITH RECURSIVE named AS (
  SELECT s.refobjid AS oid
    FROM pg_catalog.pg_database d
    JOIN pg_catalog.pg_shdepend s
      ON s.dbid = d.oid OR s.dbid = 0 AND s.classid = 'pg_catalog.pg_database'::pg_catalog.regclass AND s.objid = d.oid
   WHERE d.datname = pg_catalog.current_database()
     AND s.refclassid = 'pg_catalog.pg_authid'::pg_catalog.regclass
  UNION
  SELECT r.oid FROM pg_catalog.pg_roles r
   WHERE r.rolsuper OR r.rolname IN ('pg_read_all_data', 'pg_write_all_data', 'pg_maintain')
), members AS (
  SELECT n.oid FROM named n
  UNION
  SELECT m.member FROM members o JOIN pg_catalog.pg_auth_members m ON m.roleid = o.oid
), reached AS (
  SELECT o.oid FROM members o
  UNION
  SELECT m.roleid FROM reached o JOIN pg_catalog.pg_auth_members m ON m.member = o.oid
)
SELECT r.oid,
       r.rolname AS name,
       r.rolcanlogin AS login,
       r.rolsuper AS superuser,
       r.rolinherit AS inherit,
       r.rolcreaterole AS create_role,
       r.rolcreatedb AS create_database,
       r.rolreplication AS replication,
       r.rolbypassrls AS bypass_row_security,
       (SELECT pg_catalog.array_agg(CASE WHEN pg_catalog.split_part(u.line, '=', 1) LIKE '%.%' THEN pg_catalog.split_part(u.line, '=', 1) || '=***'
                                         ELSE u.line END ORDER BY u.place)
          FROM pg_catalog.pg_db_role_setting s, pg_catalog.unnest(s.setconfig) WITH ORDINALITY u(line, place)
         WHERE s.setrole = r.oid AND s.setdatabase = 0) AS settings,
       (SELECT pg_catalog.array_agg(CASE WHEN pg_catalog.split_part(u.line, '=', 1) LIKE '%.%' THEN pg_catalog.split_part(u.line, '=', 1) || '=***'
                                         ELSE u.line END ORDER BY u.place)
          FROM pg_catalog.pg_db_role_setting s, pg_catalog.unnest(s.setconfig) WITH ORDINALITY u(line, place)
         WHERE s.setrole = r.oid
           AND s.setdatabase = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())) AS settings_here,
       (SELECT c.description FROM pg_catalog.pg_shdescription c WHERE c.objoid = r.oid AND c.classoid = 'pg_catalog.pg_authid'::pg_catalog.regclass) AS comment
  FROM reached o
  JOIN pg_catalog.pg_roles r ON r.oid = o.oid
 WHERE r.rolname !~ '^pg_'
 ORDER BY r.rolname;
