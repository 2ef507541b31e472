-- For sqlx. No rows: :'version' is the last version that is applied; then: neither it nor a later one is.
SELECT max(version) AS applied, bool_and(success) AS success FROM _sqlx_migrations
HAVING max(version) IS DISTINCT FROM :'version' OR NOT bool_and(success);
SELECT version AS still_applied FROM _sqlx_migrations WHERE version >= :'version';
