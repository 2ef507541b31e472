-- Rows and sizes as the planner knows them (or the files, where $1 is true), and counters.
SELECT ARRAY[n.nspname, t.relname] AS relation,
       CASE WHEN t.reltuples >= 0 THEN t.reltuples::pg_catalog.int8 END AS row_estimate,
       CASE WHEN $1::pg_catalog.bool THEN pg_catalog.pg_table_size(t.oid) - coalesce(pg_catalog.pg_total_relation_size(o.oid), 0)
            ELSE t.relpages::pg_catalog.int8 * b.size END AS bytes,
       CASE WHEN o.oid IS NULL THEN 0
            WHEN $1::pg_catalog.bool THEN pg_catalog.pg_total_relation_size(o.oid)
            ELSE o.relpages::pg_catalog.int8 * b.size END AS toast_bytes,
       pg_catalog.pg_stat_get_numscans(t.oid) AS sequential_scans,
       pg_catalog.to_char(pg_catalog.pg_stat_get_lastscan(t.oid) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS last_sequential_scan, -- since 16
       pg_catalog.pg_stat_get_tuples_inserted(t.oid) AS inserted,
       pg_catalog.pg_stat_get_tuples_updated(t.oid) AS updated,
       pg_catalog.pg_stat_get_tuples_hot_updated(t.oid) AS hot_updated,
       pg_catalog.pg_stat_get_tuples_deleted(t.oid) AS deleted,
       pg_catalog.pg_stat_get_live_tuples(t.oid) AS live_rows,
       pg_catalog.pg_stat_get_dead_tuples(t.oid) AS dead_rows,
       pg_catalog.pg_stat_get_mod_since_analyze(t.oid) AS changed_since_analyze,
       CASE WHEN t.relfrozenxid <> '0'::pg_catalog.xid
            THEN greatest(pg_catalog.age(t.relfrozenxid), pg_catalog.age(o.relfrozenxid)) END AS transaction_age,
       CASE WHEN t.relminmxid <> '0'::pg_catalog.xid
            THEN greatest(pg_catalog.mxid_age(t.relminmxid), pg_catalog.mxid_age(o.relminmxid)) END AS multixact_age
  FROM pg_catalog.pg_class t
  JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
  LEFT JOIN pg_catalog.pg_class o ON o.oid = t.reltoastrelid
 CROSS JOIN (SELECT pg_catalog.current_setting('block_size')::pg_catalog.int8 AS size) b
 WHERE t.relkind IN ('r', 'm')
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                      AND e.objid = t.oid AND e.deptype = 'e')
 ORDER BY n.nspname, t.relname;
