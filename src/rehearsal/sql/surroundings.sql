-- What outlives the databases of a throw-away cluster: the stand-in that came last, by its OID, and what the
-- login has set for itself.
WITH login AS (SELECT r.oid FROM pg_catalog.pg_roles r WHERE r.rolname = pg_catalog.current_setting('dbdoc.login'))
SELECT (SELECT coalesce(pg_catalog.max(s.oid::pg_catalog.int8), 0)
          FROM (SELECT m.roleid AS oid FROM pg_catalog.pg_auth_members m, login l WHERE m.member = l.oid
                UNION ALL
                SELECT t.oid FROM pg_catalog.pg_tablespace t WHERE t.oid >= 16384) s)::pg_catalog.text AS newest,
       (SELECT d.setconfig FROM pg_catalog.pg_db_role_setting d, login l
         WHERE d.setdatabase = 0 AND d.setrole = l.oid)::pg_catalog.text AS settings;
