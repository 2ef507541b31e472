-- Which server it is, and since when it counts without a gap: one row. Some services refuse a part of it; then nothing
-- of it is known. counters_era is another one after a crash and after a reset, and no two servers have the same.
SELECT (SELECT c.system_identifier::pg_catalog.text FROM pg_catalog.pg_control_system() c) AS system_identifier,
       pg_catalog.to_char(pg_catalog.pg_postmaster_start_time() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS started_at,
       pg_catalog.to_char(pg_catalog.pg_stat_get_bgwriter_stat_reset_time() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
       || coalesce(' ' || pg_catalog.to_char(pg_catalog.pg_stat_get_db_stat_reset_time(d.oid) AT TIME ZONE 'UTC',
                                             'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '') AS counters_era,
       -- Who follows it: each slot, and who needs none. Not those that keep its log for backups.
       (SELECT count(*)
          FROM pg_catalog.pg_replication_slots s
          FULL JOIN pg_catalog.pg_stat_replication r ON r.pid = s.active_pid
         WHERE coalesce(s.slot_type, 'physical') = 'physical'
           AND (r.pid IS NOT NULL OR NOT s.temporary)
           AND coalesce(r.application_name, '') NOT IN ('barman_receive_wal', 'pg_basebackup', 'pg_receivewal')) AS standbys
  FROM pg_catalog.pg_database d
 WHERE d.datname = pg_catalog.current_database();
