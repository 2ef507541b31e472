-- Statements that drop the stand-ins that came after the one with OID $1: roles that the login was made a
-- member of, and tablespaces inside the data directory.
SELECT s.drop
  FROM (SELECT r.oid::pg_catalog.int8 AS oid, pg_catalog.format('DROP ROLE %I', r.rolname) AS drop
          FROM pg_catalog.pg_roles r
          JOIN pg_catalog.pg_auth_members m ON m.roleid = r.oid
          JOIN pg_catalog.pg_roles l ON l.oid = m.member AND l.rolname = pg_catalog.current_setting('dbdoc.login')
        UNION ALL
        SELECT t.oid::pg_catalog.int8, pg_catalog.format('DROP TABLESPACE %I', t.spcname)
          FROM pg_catalog.pg_tablespace t
         WHERE t.oid >= 16384 AND pg_catalog.pg_tablespace_location(t.oid) LIKE 'pg\_tblspc/%') s
 WHERE s.oid > $1::pg_catalog.int8
 ORDER BY s.oid DESC;
