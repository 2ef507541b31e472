-- Since when it counts; the view came with PostgreSQL 14.
SELECT pg_catalog.to_char(stats_reset AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS stats_reset
  FROM pg_stat_statements_info;
