SELECT pid, usename, state, now() - xact_start AS open_for, left(query, 60) AS query
  FROM pg_stat_activity
 WHERE xact_start < now() - interval '1 minute' AND datname = current_database() AND pid <> pg_backend_pid();
