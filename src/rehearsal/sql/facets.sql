-- What the catalog of dbdoc's pages leaves out, for comparing two states of one database: statistics, storage,
-- rules, settings, and the existence of objects of rarer kinds. One row a fact, in total order. The login is
-- called what it stands for.
-- "physical" facts are traces that no query sees.
WITH relations AS (
  SELECT c.oid, c.relkind,
         CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'view' WHEN 'S' THEN 'sequence' WHEN 'i' THEN 'index'
                        WHEN 'I' THEN 'index' WHEN 'c' THEN 'type' ELSE 'table' END AS word,
         pg_catalog.format('%I.%I', n.nspname, c.relname) AS path
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
   WHERE c.oid >= 16384 AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
     AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                      WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                        AND e.objid = c.oid AND e.deptype = 'e')
), facts(word, path, title, value, physical) AS (
  SELECT 'column', pg_catalog.format('%s.%I', r.path, a.attname), 'Statistics target', a.attstattarget::text, false
    FROM relations r JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
   WHERE a.attstattarget <> -1 AND r.relkind IN ('r', 'p', 'm', 'f', 'i')
  UNION ALL
  SELECT 'column', pg_catalog.format('%s.%I', r.path, a.attname), 'Storage', a.attstorage::text, false
    FROM relations r JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
   WHERE a.attstorage <> t.typstorage AND r.relkind IN ('r', 'p', 'm', 'f')
  UNION ALL
  SELECT r.word, r.path, 'Slots of dropped columns', pg_catalog.count(*)::text, true
    FROM relations r JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND a.attisdropped
   WHERE r.relkind IN ('r', 'p', 'f')
   GROUP BY r.word, r.path
  UNION ALL
  SELECT r.word, r.path, 'Rule ' || pg_catalog.quote_ident(w.rulename), pg_catalog.pg_get_ruledef(w.oid), false
    FROM relations r JOIN pg_catalog.pg_rewrite w ON w.ev_class = r.oid AND w.rulename <> '_RETURN'
  UNION ALL
  SELECT 'statistics', pg_catalog.format('%I.%I', n.nspname, s.stxname), 'Definition', pg_catalog.pg_get_statisticsobjdef(s.oid), false
    FROM pg_catalog.pg_statistic_ext s JOIN pg_catalog.pg_namespace n ON n.oid = s.stxnamespace
  UNION ALL
  SELECT 'publication', pg_catalog.quote_ident(p.pubname), 'Tables',
         coalesce((SELECT pg_catalog.string_agg(pg_catalog.format('%I.%I', t.schemaname, t.tablename), ', '
                                                ORDER BY t.schemaname, t.tablename)
                     FROM pg_catalog.pg_publication_tables t WHERE t.pubname = p.pubname), ''), false
    FROM pg_catalog.pg_publication p
  UNION ALL
  SELECT o.type, o.identity, 'Existence', 'yes', false
    FROM (SELECT 'pg_catalog.pg_collation'::pg_catalog.regclass AS class, oid FROM pg_catalog.pg_collation WHERE oid >= 16384
          UNION ALL SELECT 'pg_catalog.pg_operator'::pg_catalog.regclass, oid FROM pg_catalog.pg_operator WHERE oid >= 16384
          UNION ALL SELECT 'pg_catalog.pg_opclass'::pg_catalog.regclass, oid FROM pg_catalog.pg_opclass WHERE oid >= 16384
          UNION ALL SELECT 'pg_catalog.pg_opfamily'::pg_catalog.regclass, oid FROM pg_catalog.pg_opfamily WHERE oid >= 16384
          UNION ALL SELECT 'pg_catalog.pg_cast'::pg_catalog.regclass, oid FROM pg_catalog.pg_cast WHERE oid >= 16384
          UNION ALL SELECT 'pg_catalog.pg_conversion'::pg_catalog.regclass, oid FROM pg_catalog.pg_conversion WHERE oid >= 16384
          UNION ALL SELECT 'pg_catalog.pg_ts_config'::pg_catalog.regclass, oid FROM pg_catalog.pg_ts_config WHERE oid >= 16384
          UNION ALL SELECT 'pg_catalog.pg_ts_dict'::pg_catalog.regclass, oid FROM pg_catalog.pg_ts_dict WHERE oid >= 16384
          UNION ALL SELECT 'pg_catalog.pg_foreign_server'::pg_catalog.regclass, oid FROM pg_catalog.pg_foreign_server
          UNION ALL SELECT 'pg_catalog.pg_transform'::pg_catalog.regclass, oid FROM pg_catalog.pg_transform) x
    CROSS JOIN LATERAL pg_catalog.pg_identify_object(x.class, x.oid, 0) o
   WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                      WHERE e.classid = x.class AND e.objid = x.oid AND e.deptype = 'e')
  UNION ALL
  SELECT 'database', '', 'Setting of ' || coalesce(pg_catalog.pg_get_userbyid(nullif(s.setrole, 0))::text, 'everybody'),
         pg_catalog.array_to_string(s.setconfig, ', '), false
    FROM pg_catalog.pg_db_role_setting s
   WHERE s.setdatabase IN (0, (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()))
)
SELECT word, path, title, pg_catalog.replace(value, session_user::text, 'the migrating role') AS value, physical
  FROM facts
 ORDER BY word COLLATE "C", path COLLATE "C", title COLLATE "C", value COLLATE "C";
