-- Subscriptions of this database; never the connection, which only a superuser may read. Version 13 shows others neither their
-- number nor most options.
SELECT s.subname AS name,
       s.subenabled AS enabled,
       s.subpublications AS publications,
       s.subslotname AS slot,
       pg_catalog.pg_get_userbyid(s.subowner) AS owner,
       ARRAY(SELECT o.option
               FROM (SELECT NULL AS option WHERE false
                     UNION ALL SELECT 'synchronous_commit=' || s.subsynccommit WHERE s.subsynccommit <> 'off' -- since 14
                     UNION ALL SELECT 'binary=true' WHERE s.subbinary -- since 14
                     UNION ALL SELECT CASE s.substream::pg_catalog.text WHEN 'p' THEN 'streaming=parallel' ELSE 'streaming=on' END WHERE s.substream::pg_catalog.text NOT IN ('false', 'f') -- since 14
                     UNION ALL SELECT 'two_phase=true' WHERE s.subtwophasestate <> 'd' -- since 15
                     UNION ALL SELECT 'disable_on_error=true' WHERE s.subdisableonerr -- since 15
                     UNION ALL SELECT 'password_required=false' WHERE NOT s.subpasswordrequired -- since 16
                     UNION ALL SELECT 'run_as_owner=true' WHERE s.subrunasowner -- since 16
                     UNION ALL SELECT 'origin=' || s.suborigin WHERE s.suborigin <> 'any' -- since 16
                     UNION ALL SELECT 'failover=true' WHERE s.subfailover -- since 17
                    ) o
              ORDER BY o.option COLLATE "C") AS options
       , c.description AS comment -- since 14
  FROM pg_catalog.pg_subscription s
  JOIN pg_catalog.pg_database d ON d.oid = s.subdbid AND d.datname = pg_catalog.current_database()
  LEFT JOIN pg_catalog.pg_description c -- since 14
    ON c.objoid = s.oid AND c.classoid = 'pg_catalog.pg_subscription'::pg_catalog.regclass AND c.objsubid = 0 -- since 14
 ORDER BY s.subname;
