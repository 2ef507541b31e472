-- Columns of tables and views; parent is the relation. Rows of relations that are not read are dropped.
SELECT a.attrelid AS parent,
       a.attname AS name,
       pg_catalog.row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum) AS position,
       pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
       CASE WHEN en.nspname !~ '^pg_' AND en.nspname <> 'information_schema' THEN ARRAY[en.nspname, et.typname]
            WHEN tn.nspname !~ '^pg_' AND tn.nspname <> 'information_schema' THEN ARRAY[tn.nspname, y.typname] END AS type_object,
       a.attnotnull AS not_null,
       CASE WHEN a.attgenerated = '' THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) END AS default_value,
       CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' ELSE 'none' END AS identity,
       CASE a.attgenerated WHEN 's' THEN 'stored' WHEN 'v' THEN 'virtual' ELSE 'none' END AS generated,
       CASE WHEN a.attgenerated <> '' THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) END AS generation_expression,
       CASE WHEN a.attgenerated <> '' THEN -- before 15 the column itself depends on them, then its expression
         (SELECT pg_catalog.array_agg(DISTINCT ARRAY[n.nspname, t.relname, ua.attname])
            FROM pg_catalog.pg_depend u
            JOIN pg_catalog.pg_attribute ua ON ua.attrelid = a.attrelid AND ua.attnum = u.refobjsubid AND ua.attnum > 0
           WHERE (u.classid, u.objid, u.objsubid) IN (('pg_catalog.pg_attrdef'::pg_catalog.regclass, d.oid, 0),
                                                      ('pg_catalog.pg_class'::pg_catalog.regclass, a.attrelid, a.attnum))
             AND u.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
             AND u.refobjid = a.attrelid AND u.refobjsubid <> a.attnum)
       END AS uses,
       CASE WHEN a.attcollation = y.typcollation THEN NULL
            WHEN ln.nspname = 'pg_catalog' THEN l.collname
            ELSE pg_catalog.quote_ident(ln.nspname) || '.' || pg_catalog.quote_ident(l.collname) END AS collation,
       ARRAY(SELECT o.option
               FROM (SELECT pg_catalog.unnest(a.attoptions) AS option
                     UNION ALL SELECT 'compression=' || CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END WHERE a.attcompression <> '' -- since 14
                     UNION ALL SELECT 'statistics=' || a.attstattarget WHERE a.attstattarget >= 0
                     UNION ALL SELECT 'storage=' || CASE a.attstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'm' THEN 'main' WHEN 'x' THEN 'extended' END WHERE a.attstorage <> y.typstorage) o
              WHERE o.option !~ '^pg_'
              ORDER BY o.option COLLATE "C") AS options,
       CASE WHEN a.attfdwoptions IS NOT NULL THEN ARRAY(SELECT pg_catalog.split_part(o.option, '=', 1) FROM pg_catalog.unnest(a.attfdwoptions) o(option) ORDER BY 1) END AS foreign_options,
       NOT a.attislocal AS inherited,
       a.attacl AS grants,
       c.description AS comment
  FROM pg_catalog.pg_attribute a
  JOIN pg_catalog.pg_class t ON t.oid = a.attrelid AND t.relkind IN ('r', 'p', 'f', 'v', 'm')
  JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
  JOIN pg_catalog.pg_type y ON y.oid = a.atttypid
  JOIN pg_catalog.pg_namespace tn ON tn.oid = y.typnamespace
  LEFT JOIN pg_catalog.pg_type et ON et.oid = y.typelem AND y.typcategory = 'A'
  LEFT JOIN pg_catalog.pg_namespace en ON en.oid = et.typnamespace
  LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation
  LEFT JOIN pg_catalog.pg_namespace ln ON ln.oid = l.collnamespace
  LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = a.attrelid AND c.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND c.objsubid = a.attnum
 WHERE a.attnum > 0
   AND NOT a.attisdropped
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
 ORDER BY a.attrelid, a.attnum;
