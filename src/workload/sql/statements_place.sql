-- Where pg_stat_statements is, if the database has it; from then on its names are found there.
SELECT pg_catalog.set_config('search_path', pg_catalog.quote_ident(n.nspname), true) AS search_path,
       pg_catalog.to_regclass(pg_catalog.quote_ident(n.nspname) || '.pg_stat_statements_info') IS NOT NULL AS has_info
  FROM pg_catalog.pg_extension e
  JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
 WHERE e.extname = 'pg_stat_statements';
