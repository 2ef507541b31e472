-- What ANALYZE found of each column, in figures: no value of any row. A partitioned table has figures of
-- its own, and those of its partitions are left out.
SELECT ARRAY[n.nspname, t.relname, s.attname] AS "column",
       pg_catalog.round(s.null_frac * 1000)::pg_catalog.int8 AS nulls_per_thousand,
       CASE WHEN s.n_distinct > 0 THEN pg_catalog.round(s.n_distinct)::pg_catalog.int8
            WHEN s.n_distinct < 0 AND t.reltuples > 0 THEN pg_catalog.round(-s.n_distinct * t.reltuples)::pg_catalog.int8
       END AS distinct_values,
       s.avg_width AS average_width,
       pg_catalog.round(s.correlation * 1000)::pg_catalog.int8 AS correlation_per_thousand
  FROM pg_catalog.pg_stats s
  JOIN pg_catalog.pg_namespace n ON n.nspname = s.schemaname
  JOIN pg_catalog.pg_class t ON t.relnamespace = n.oid AND t.relname = s.tablename
 WHERE t.relkind IN ('r', 'm', 'p', 'f')
   AND NOT t.relispartition
   AND s.inherited = (t.relkind = 'p')
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                      AND e.objid = t.oid AND e.deptype = 'e')
 ORDER BY n.nspname, t.relname, s.attname;
