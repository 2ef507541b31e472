-- Conversions between encodings.
SELECT n.nspname AS schema,
       v.conname AS name,
       pg_catalog.pg_encoding_to_char(v.conforencoding) AS source,
       pg_catalog.pg_encoding_to_char(v.contoencoding) AS target,
       v.conproc::pg_catalog.text AS function,
       v.condefault AS default_conversion,
       c.description AS comment,
       pg_catalog.pg_get_userbyid(v.conowner) AS owner
  FROM pg_catalog.pg_conversion v
  JOIN pg_catalog.pg_namespace n ON n.oid = v.connamespace
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = v.oid AND c.classoid = 'pg_catalog.pg_conversion'::pg_catalog.regclass AND c.objsubid = 0
 WHERE v.oid >= 16384
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_conversion'::pg_catalog.regclass
                      AND e.objid = v.oid AND e.deptype = 'e')
 ORDER BY n.nspname, v.conname;
