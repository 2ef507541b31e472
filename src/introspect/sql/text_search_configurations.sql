-- Text search configurations: for each kind of token the dictionaries that are asked, in order.
SELECT n.nspname AS schema,
       s.cfgname AS name,
       pg_catalog.format('%I.%I', pn.nspname, p.prsname) AS parser,
       ARRAY(SELECT k.alias || ': ' || pg_catalog.string_agg(m.mapdict::pg_catalog.regdictionary::pg_catalog.text, ', ' ORDER BY m.mapseqno)
               FROM pg_catalog.pg_ts_config_map m
               JOIN pg_catalog.ts_token_type(s.cfgparser) k ON k.tokid = m.maptokentype
              WHERE m.mapcfg = s.oid
              GROUP BY k.tokid, k.alias
              ORDER BY k.tokid) AS mappings,
       c.description AS comment,
       pg_catalog.pg_get_userbyid(s.cfgowner) AS owner
  FROM pg_catalog.pg_ts_config s
  JOIN pg_catalog.pg_namespace n ON n.oid = s.cfgnamespace
  JOIN pg_catalog.pg_ts_parser p ON p.oid = s.cfgparser
  JOIN pg_catalog.pg_namespace pn ON pn.oid = p.prsnamespace
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = s.oid AND c.classoid = 'pg_catalog.pg_ts_config'::pg_catalog.regclass AND c.objsubid = 0
 WHERE s.oid >= 16384
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_ts_config'::pg_catalog.regclass
                      AND e.objid = s.oid AND e.deptype = 'e')
 ORDER BY n.nspname, s.cfgname;
