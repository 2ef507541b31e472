-- What the catalog of dbdoc's pages leaves out, for comparing two states of one database: rights, owners,
-- statistics, storage, rules, and the existence of objects of rarer kinds. One row a fact, in total order.
-- Rights that an owner has by default are left out. The login is called what it stands for.
-- "physical" facts are traces that no query sees.
WITH relations AS (
  SELECT c.oid, c.relkind, c.relacl, c.relowner,
         CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'view' WHEN 'S' THEN 'sequence' WHEN 'i' THEN 'index'
                        WHEN 'I' THEN 'index' WHEN 'c' THEN 'type' ELSE 'table' END AS word,
         pg_catalog.format('%I.%I', n.nspname, c.relname) AS path
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
   WHERE c.oid >= 16384 AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
     AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                      WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                        AND e.objid = c.oid AND e.deptype = 'e')
), acls(word, path, owner, given, usual) AS (
  SELECT word, path, relowner, relacl, pg_catalog.acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner)
    FROM relations WHERE relkind NOT IN ('i', 'I', 'c')
  UNION ALL
  SELECT 'schema', pg_catalog.quote_ident(n.nspname), n.nspowner, n.nspacl, pg_catalog.acldefault('n', n.nspowner)
    FROM pg_catalog.pg_namespace n
   WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  UNION ALL
  SELECT 'function', pg_catalog.format('%I.%I(%s)', n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)),
         p.proowner, p.proacl, pg_catalog.acldefault('f', p.proowner)
    FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
   WHERE p.oid >= 16384 AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
     AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                      WHERE e.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
                        AND e.objid = p.oid AND e.deptype = 'e')
), rights(word, path, who, what) AS (
  SELECT a.word, a.path, CASE WHEN r.grantee = 0 THEN 'PUBLIC' ELSE pg_catalog.pg_get_userbyid(r.grantee)::text END,
         pg_catalog.string_agg(r.privilege_type || CASE WHEN r.is_grantable AND r.grantee <> a.owner THEN ' WITH GRANT OPTION' ELSE '' END,
                               ', ' ORDER BY r.privilege_type COLLATE "C")
    FROM (SELECT c.*, (SELECT pg_catalog.count(*) FROM pg_catalog.aclexplode(c.usual) u WHERE u.grantee = c.owner) AS own_rights FROM acls c) a
    CROSS JOIN LATERAL pg_catalog.aclexplode(coalesce(a.given, a.usual)) r
   GROUP BY a.word, a.path, a.owner, a.own_rights, r.grantee
  HAVING r.grantee <> a.owner OR pg_catalog.count(*) <> a.own_rights
  UNION ALL
  SELECT a.word, a.path, pg_catalog.pg_get_userbyid(a.owner)::text, 'nothing'
    FROM acls a
   WHERE a.given IS NOT NULL AND NOT EXISTS (SELECT FROM pg_catalog.aclexplode(a.given) r WHERE r.grantee = a.owner)
), facts(word, path, title, value, physical) AS (
  SELECT word, path, 'Owner', pg_catalog.pg_get_userbyid(relowner)::text, false FROM relations WHERE relkind NOT IN ('i', 'I')
  UNION ALL
  SELECT word, path, 'Grants', pg_catalog.string_agg(who || ': ' || what, '; ' ORDER BY who COLLATE "C"), false
    FROM rights GROUP BY word, path
  UNION ALL
  SELECT 'column', pg_catalog.format('%s.%I', r.path, a.attname), 'Grants',
         (SELECT pg_catalog.string_agg(CASE WHEN g.grantee = 0 THEN 'PUBLIC' ELSE pg_catalog.pg_get_userbyid(g.grantee)::text END
                                       || ': ' || g.privilege_type || CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END, '; ' ORDER BY g.grantee, g.privilege_type COLLATE "C")
            FROM pg_catalog.aclexplode(a.attacl) g), false
    FROM relations r JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
   WHERE a.attacl IS NOT NULL
  UNION ALL
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
  SELECT 'schema', pg_catalog.quote_ident(n.nspname), f.title, f.value, false
    FROM pg_catalog.pg_namespace n
    CROSS JOIN LATERAL (VALUES ('Owner', pg_catalog.pg_get_userbyid(n.nspowner)::text)) f(title, value)
   WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND f.value IS NOT NULL
  UNION ALL
  SELECT 'function', pg_catalog.format('%I.%I(%s)', n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)),
         f.title, f.value, false
    FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
    CROSS JOIN LATERAL (VALUES ('Owner', pg_catalog.pg_get_userbyid(p.proowner)::text)) f(title, value)
   WHERE p.oid >= 16384 AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND f.value IS NOT NULL
     AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                      WHERE e.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
                        AND e.objid = p.oid AND e.deptype = 'e')
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
  SELECT 'default rights', pg_catalog.format('%s %s', d.defaclnamespace::pg_catalog.regnamespace, d.defaclobjtype), 'Grants',
         d.defaclacl::text, false
    FROM pg_catalog.pg_default_acl d
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
