SELECT pid, usename, state, pg_blocking_pids(pid) AS waits_for, left(query, 60) AS query
  FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() ORDER BY xact_start;
