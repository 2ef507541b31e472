-- Collations. The column of the locale is called otherwise in each major version; the catalog is asked for few rows.
SELECT n.nspname AS schema,
       l.collname AS name,
       CASE l.collprovider WHEN 'c' THEN 'libc' WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' WHEN 'd' THEN 'default' END AS provider,
       coalesce(j.facts ->> 'colllocale', j.facts ->> 'colliculocale',
                CASE WHEN l.collcollate = l.collctype THEN l.collcollate
                     ELSE pg_catalog.format('LC_COLLATE = %s, LC_CTYPE = %s', l.collcollate, l.collctype) END) AS locale,
       l.collicurules AS rules, -- since 16
       l.collisdeterministic AS deterministic,
       c.description AS comment,
       pg_catalog.pg_get_userbyid(l.collowner) AS owner
  FROM pg_catalog.pg_collation l
 CROSS JOIN LATERAL (SELECT pg_catalog.to_jsonb(l) AS facts) j
  JOIN pg_catalog.pg_namespace n ON n.oid = l.collnamespace
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = l.oid AND c.classoid = 'pg_catalog.pg_collation'::pg_catalog.regclass AND c.objsubid = 0
 WHERE l.oid >= 16384
   AND l.collencoding IN (-1, pg_catalog.pg_char_to_encoding(pg_catalog.getdatabaseencoding()))
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_collation'::pg_catalog.regclass
                      AND e.objid = l.oid AND e.deptype = 'e')
 ORDER BY n.nspname, l.collname;
