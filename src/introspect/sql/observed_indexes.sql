-- Sizes (files where $1 is true, else relpages) and scans of indexes; of their expressions how many
-- have no statistics: NULL where there is none, or not all are visible to this role.
SELECT ARRAY[n.nspname, x.relname] AS index,
       CASE WHEN $1::pg_catalog.bool THEN pg_catalog.pg_table_size(x.oid)
            ELSE x.relpages::pg_catalog.int8 * b.size END AS bytes,
       pg_catalog.to_char(pg_catalog.pg_stat_get_lastscan(x.oid) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS last_scan, -- since 16
       pg_catalog.pg_stat_get_numscans(x.oid) AS scans,
       CASE WHEN x.reltuples >= 0 THEN x.reltuples::pg_catalog.int8 END AS entries,
       CASE WHEN i.indexprs IS NOT NULL
            THEN (SELECT CASE WHEN pg_catalog.bool_and(pg_catalog.has_column_privilege(x.oid, a.attnum, 'SELECT'))
                              THEN pg_catalog.count(*) FILTER (WHERE s.attname IS NULL AND coalesce(a.attstattarget, -1) <> 0) END
                    FROM pg_catalog.pg_attribute a
                    LEFT JOIN pg_catalog.pg_stats s
                      ON s.schemaname = n.nspname AND s.tablename = x.relname AND s.attname = a.attname
                   WHERE a.attrelid = x.oid AND i.indkey[a.attnum - 1] = 0) END AS unanalyzed_expressions
  FROM pg_catalog.pg_class x
  JOIN pg_catalog.pg_index i ON i.indexrelid = x.oid
  JOIN pg_catalog.pg_namespace n ON n.oid = x.relnamespace
 CROSS JOIN (SELECT pg_catalog.current_setting('block_size')::pg_catalog.int8 AS size) b
 WHERE x.relkind = 'i'
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                      AND e.objid = i.indrelid AND e.deptype = 'e')
 ORDER BY n.nspname, x.relname;
