-- Event triggers. Those of dbdoc, in a throw-away cluster, call functions in pg_catalog.
SELECT v.evtname AS name,
       v.evtevent AS event,
       v.evttags AS tags,
       ARRAY[fn.nspname, f.proname, ''] AS function,
       CASE v.evtenabled WHEN 'O' THEN 'origin' WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END AS enabled,
       c.description AS comment,
       pg_catalog.pg_get_userbyid(v.evtowner) AS owner
  FROM pg_catalog.pg_event_trigger v
  JOIN pg_catalog.pg_proc f ON f.oid = v.evtfoid
  JOIN pg_catalog.pg_namespace fn ON fn.oid = f.pronamespace
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = v.oid AND c.classoid = 'pg_catalog.pg_event_trigger'::pg_catalog.regclass AND c.objsubid = 0
 WHERE v.oid >= 16384
   AND fn.nspname <> 'pg_catalog'
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_event_trigger'::pg_catalog.regclass
                      AND e.objid = v.oid AND e.deptype = 'e')
 ORDER BY v.evtname;
