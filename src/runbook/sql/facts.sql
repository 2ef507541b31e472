-- What the catalog says about each object, a row a fact. Behind a line "-- KIND" stands what is needed for objects of
-- this kind alone, behind "--" what is always needed. Lines with the word "wanted" limit it to some objects; without
-- them it is about all but what belongs to PostgreSQL or to extensions.
WITH
wanted (object) AS (SELECT unnest(:objects::text[])),
named AS (
  SELECT n.oid AS schema_oid, n.nspname FROM pg_namespace n
   WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
),
-- relation
relations AS (
  SELECT c.oid, format('relation %I.%I', n.nspname, c.relname) AS object,
         concat_ws(' ', c.relkind, c.relpersistence, c.relrowsecurity, c.relforcerowsecurity, c.relreplident, c.reloptions,
                   obj_description(c.oid, 'pg_class'), CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END,
                   CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, c.oid) END) AS words
    FROM pg_class c JOIN named n ON n.schema_oid = c.relnamespace
   WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c', 'S')
     AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.objid = c.oid AND e.deptype = 'e')
     AND format('relation %I.%I', n.nspname, c.relname) IN (SELECT w.object FROM wanted w)
),
--
facts (object, words) AS (
-- relation
  SELECT object, words FROM relations
  UNION ALL
  SELECT r.object, concat_ws(' ', 'column', row_number() OVER (PARTITION BY r.oid ORDER BY a.attnum), a.attname,
                             format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated,
                             pg_get_expr(d.adbin, d.adrelid), col_description(r.oid, a.attnum))
    FROM relations r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum
  UNION ALL
  SELECT r.object, concat_ws(' ', 'constraint', k.conname, pg_get_constraintdef(k.oid), k.convalidated,
                             obj_description(k.oid, 'pg_constraint'))
    FROM relations r JOIN pg_constraint k ON k.conrelid = r.oid AND k.contype <> 'n'
  UNION ALL
  SELECT r.object, concat_ws(' ', pg_get_indexdef(i.indexrelid), i.indisvalid, obj_description(i.indexrelid, 'pg_class'))
    FROM relations r JOIN pg_index i ON i.indrelid = r.oid
  UNION ALL
  SELECT r.object, concat_ws(' ', pg_get_triggerdef(t.oid), t.tgenabled, obj_description(t.oid, 'pg_trigger'))
    FROM relations r JOIN pg_trigger t ON t.tgrelid = r.oid AND NOT t.tgisinternal
  UNION ALL
  SELECT r.object, concat_ws(' ', 'policy', p.polname, p.polcmd, p.polpermissive, pg_get_expr(p.polqual, r.oid),
                             pg_get_expr(p.polwithcheck, r.oid))
    FROM relations r JOIN pg_policy p ON p.polrelid = r.oid
  UNION ALL
-- function
  SELECT format('function %I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)),
         concat_ws(' ', p.prokind, p.prosrc, format_type(p.prorettype, NULL), p.provolatile, p.prosecdef, p.proconfig,
                   obj_description(p.oid, 'pg_proc'))
    FROM pg_proc p JOIN named n ON n.schema_oid = p.pronamespace
   WHERE NOT EXISTS (SELECT FROM pg_depend e WHERE e.objid = p.oid AND e.deptype = 'e')
     AND format('function %I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)) IN (SELECT w.object FROM wanted w)
  UNION ALL
-- type
  SELECT format('type %I.%I', n.nspname, t.typname),
         concat_ws(' ', t.typtype, format_type(t.typbasetype, t.typtypmod), t.typnotnull, t.typdefault,
                   (SELECT string_agg(l.enumlabel, ',' ORDER BY l.enumsortorder) FROM pg_enum l WHERE l.enumtypid = t.oid),
                   (SELECT string_agg(pg_get_constraintdef(k.oid), ',' ORDER BY k.conname) FROM pg_constraint k
                     WHERE k.contypid = t.oid AND k.contype <> 'n'), obj_description(t.oid, 'pg_type'))
    FROM pg_type t JOIN named n ON n.schema_oid = t.typnamespace
   WHERE t.typtype IN ('e', 'd', 'r')
     AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.objid = t.oid AND e.deptype = 'e')
     AND format('type %I.%I', n.nspname, t.typname) IN (SELECT w.object FROM wanted w)
  UNION ALL
-- schema
  SELECT format('schema %I', n.nspname), coalesce(obj_description(n.schema_oid, 'pg_namespace'), '') FROM named n
   WHERE true
     AND format('schema %I', n.nspname) IN (SELECT w.object FROM wanted w)
  UNION ALL
-- extension
  SELECT format('extension %I', e.extname), 'is there' FROM pg_extension e
   WHERE e.extname <> 'plpgsql'
     AND format('extension %I', e.extname) IN (SELECT w.object FROM wanted w)
  UNION ALL
--
  SELECT NULL, NULL WHERE false
), digests AS (
  SELECT object, md5(string_agg(words, ',' ORDER BY words COLLATE "C")) AS digest FROM facts GROUP BY object
)
