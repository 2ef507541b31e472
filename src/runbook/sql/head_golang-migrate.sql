-- For golang-migrate. No rows: :'version' is the last version that is applied; then: neither it nor a later one is.
SELECT max(version) AS applied, bool_or(dirty) AS dirty FROM schema_migrations
HAVING max(version) IS DISTINCT FROM :'version' OR bool_or(dirty);
SELECT version AS still_applied FROM schema_migrations WHERE version >= :'version';
