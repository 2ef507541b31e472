-- For goose. No rows: :'version' is the last version that is applied; then: neither it nor a later one is.
SELECT max(version_id) AS applied FROM goose_db_version WHERE is_applied HAVING max(version_id) IS DISTINCT FROM :'version';
SELECT version_id AS still_applied FROM goose_db_version WHERE is_applied AND version_id >= :'version';
