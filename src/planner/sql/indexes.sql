-- The indexes that people made, each with the tables that it is on: one of a partitioned table stands for those of
-- the partitions, and is on each of them. One row an index and table.
SELECT n.nspname AS schema, c.relname AS name, m.relid::pg_catalog.oid AS member, mc.relname AS member_name,
       tn.nspname AS table_schema, t.relname AS table_name,
       m.relid OPERATOR(pg_catalog.=) c.oid AS own,
       -- a condition on its other columns alone makes PostgreSQL read all of the index
       CASE WHEN a.amname = 'btree'
            THEN (SELECT l.attname FROM pg_catalog.pg_attribute l
                   WHERE l.attrelid = i.indrelid AND l.attnum = i.indkey[0] AND l.attnum > 0) END AS leading,
       a.amname || ' ' || pg_catalog.pg_get_indexdef(c.oid, 1, false) AS family
  FROM pg_catalog.pg_index i
  JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid AND NOT c.relispartition
  JOIN pg_catalog.pg_am a ON a.oid = c.relam
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 CROSS JOIN LATERAL (SELECT c.oid AS relid
                      UNION SELECT p.relid FROM pg_catalog.pg_partition_tree(c.oid) p) m
  JOIN pg_catalog.pg_class mc ON mc.oid = m.relid
  JOIN pg_catalog.pg_index mi ON mi.indexrelid = m.relid
  JOIN pg_catalog.pg_class t ON t.oid = mi.indrelid
  JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
 WHERE i.indislive AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
 ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C", own DESC, tn.nspname COLLATE "C", t.relname COLLATE "C"
