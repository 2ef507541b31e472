-- Languages that no extension brought.
SELECT l.lanname AS name,
       l.lanpltrusted AS trusted,
       CASE WHEN l.lanplcallfoid <> 0 THEN l.lanplcallfoid::pg_catalog.regproc::pg_catalog.text END AS handler,
       CASE WHEN l.laninline <> 0 THEN l.laninline::pg_catalog.regproc::pg_catalog.text END AS inline_handler,
       CASE WHEN l.lanvalidator <> 0 THEN l.lanvalidator::pg_catalog.regproc::pg_catalog.text END AS validator,
       c.description AS comment,
       pg_catalog.pg_get_userbyid(l.lanowner) AS owner,
       coalesce(l.lanacl, pg_catalog.acldefault('l', l.lanowner)) AS grants
  FROM pg_catalog.pg_language l
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = l.oid AND c.classoid = 'pg_catalog.pg_language'::pg_catalog.regclass AND c.objsubid = 0
 WHERE l.oid >= 16384
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_language'::pg_catalog.regclass
                      AND e.objid = l.oid AND e.deptype = 'e')
 ORDER BY l.lanname;
