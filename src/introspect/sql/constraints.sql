-- Constraints of tables; parent is the table. A foreign key to a partitioned table has further rows, one
-- for each partition; they are its inside.
SELECT k.conrelid AS parent,
       k.conname AS name,
       CASE k.contype WHEN 'p' THEN 'primary key' WHEN 'u' THEN 'unique' WHEN 'f' THEN 'foreign key'
                      WHEN 'c' THEN 'check' WHEN 'x' THEN 'exclusion' END AS kind,
       ARRAY(SELECT a.attname
               FROM pg_catalog.unnest(k.conkey) WITH ORDINALITY u(attnum, place)
               JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum
              ORDER BY u.place) AS columns,
       CASE WHEN k.contype = 'f' THEN ARRAY[rn.nspname, r.relname] END AS "references",
       ARRAY(SELECT a.attname
               FROM pg_catalog.unnest(k.confkey) WITH ORDINALITY u(attnum, place)
               JOIN pg_catalog.pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.attnum
              ORDER BY u.place) AS referenced_columns,
       CASE k.confdeltype WHEN 'a' THEN 'no action' WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade'
                          WHEN 'n' THEN 'set null' WHEN 'd' THEN 'set default' END AS on_delete,
       CASE k.confupdtype WHEN 'a' THEN 'no action' WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade'
                          WHEN 'n' THEN 'set null' WHEN 'd' THEN 'set default' END AS on_update,
       ARRAY(SELECT a.attname FROM pg_catalog.unnest(k.confdelsetcols) WITH ORDINALITY u(attnum, place) JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum ORDER BY u.place) AS set_columns, -- since 15
       CASE k.confmatchtype WHEN 's' THEN 'simple' WHEN 'f' THEN 'full' WHEN 'p' THEN 'partial' END AS match,
       k.condeferrable AS deferrable,
       k.condeferred AS initially_deferred,
       k.convalidated AS validated,
       k.conparentid <> 0 OR NOT k.conislocal AS inherited,
       CASE WHEN i.oid IS NOT NULL THEN ARRAY[ixn.nspname, i.relname] END AS index,
       pg_catalog.pg_get_constraintdef(k.oid) AS definition,
       c.description AS comment
  FROM pg_catalog.pg_constraint k
  JOIN pg_catalog.pg_namespace n ON n.oid = k.connamespace
  LEFT JOIN pg_catalog.pg_class r ON r.oid = k.confrelid
  LEFT JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
  LEFT JOIN pg_catalog.pg_class i ON i.oid = k.conindid
  LEFT JOIN pg_catalog.pg_namespace ixn ON ixn.oid = i.relnamespace
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = k.oid AND c.classoid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND c.objsubid = 0
 WHERE k.contype IN ('p', 'u', 'f', 'c', 'x')
   AND k.conrelid <> 0
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint p WHERE p.oid = k.conparentid AND p.conrelid = k.conrelid)
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
 ORDER BY k.conrelid, k.conname;
