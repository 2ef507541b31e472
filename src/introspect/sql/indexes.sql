-- Indexes of tables and materialized views; parent is the relation.
SELECT i.indexrelid AS oid,
       i.indrelid AS parent,
       x.relname AS name,
       m.amname AS method,
       i.indisunique AS "unique",
       i.indisprimary AS "primary",
       i.indisexclusion AS exclusion,
       i.indnullsnotdistinct AS nulls_not_distinct, -- since 15
       i.indimmediate AS immediate,
       i.indisvalid AS valid,
       i.indisready AS ready,
       i.indisclustered AS clustered,
       i.indisreplident AS replica_identity,
       CASE WHEN x.relispartition THEN
         (SELECT ARRAY[pn.nspname, p.relname]
            FROM pg_catalog.pg_inherits h
            JOIN pg_catalog.pg_class p ON p.oid = h.inhparent
            JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
           WHERE h.inhrelid = x.oid)
       END AS partition_of,
       CASE WHEN i.indnatts > i.indnkeyatts THEN
         ARRAY(SELECT a.attname
                 FROM pg_catalog.unnest(i.indkey) WITH ORDINALITY u(attnum, place)
                 JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = u.attnum
                WHERE u.place > i.indnkeyatts
                ORDER BY u.place)
       END AS included,
       pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS predicate,
       CASE WHEN i.indexprs IS NOT NULL OR i.indpred IS NOT NULL THEN
         (SELECT pg_catalog.array_agg(DISTINCT ARRAY[un.nspname, u.relname, ua.attname])
            FROM pg_catalog.pg_depend d
            JOIN pg_catalog.pg_class u ON u.oid = d.refobjid AND u.relkind IN ('r', 'p', 'f', 'v', 'm')
            JOIN pg_catalog.pg_namespace un ON un.oid = u.relnamespace AND un.nspname !~ '^pg_'
            JOIN pg_catalog.pg_attribute ua ON ua.attrelid = u.oid AND ua.attnum = d.refobjsubid AND ua.attnum > 0
           WHERE d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
             AND d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = i.indexrelid)
       END AS uses,
       ARRAY(SELECT o.option FROM pg_catalog.unnest(x.reloptions) o(option) ORDER BY o.option COLLATE "C") AS options,
       s.spcname AS tablespace,
       pg_catalog.pg_get_indexdef(i.indexrelid) AS definition,
       c.description AS comment
  FROM pg_catalog.pg_index i
  JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
  JOIN pg_catalog.pg_am m ON m.oid = x.relam
  LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = x.reltablespace
  JOIN pg_catalog.pg_namespace n ON n.oid = x.relnamespace
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = i.indexrelid AND c.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND c.objsubid = 0
 WHERE n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
 ORDER BY i.indrelid, x.relname;
