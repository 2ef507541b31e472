-- Foreign-data wrappers. The values of options stay on the server: they hold passwords.
SELECT w.fdwname AS name,
       CASE WHEN w.fdwhandler <> 0 THEN w.fdwhandler::pg_catalog.regproc::pg_catalog.text END AS handler,
       CASE WHEN w.fdwvalidator <> 0 THEN w.fdwvalidator::pg_catalog.regproc::pg_catalog.text END AS validator,
       ARRAY(SELECT pg_catalog.split_part(o.option, '=', 1) FROM pg_catalog.unnest(w.fdwoptions) o(option) ORDER BY 1) AS options,
       c.description AS comment,
       pg_catalog.pg_get_userbyid(w.fdwowner) AS owner,
       coalesce(w.fdwacl, pg_catalog.acldefault('F', w.fdwowner)) AS grants
  FROM pg_catalog.pg_foreign_data_wrapper w
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = w.oid AND c.classoid = 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass AND c.objsubid = 0
 WHERE w.oid >= 16384
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass
                      AND e.objid = w.oid AND e.deptype = 'e')
 ORDER BY w.fdwname;
