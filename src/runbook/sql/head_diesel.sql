-- For Diesel. No rows: :'version' is the last version that is applied; then: neither it nor a later one is.
SELECT max(version) AS applied FROM __diesel_schema_migrations HAVING max(version) IS DISTINCT FROM :'version';
SELECT version AS still_applied FROM __diesel_schema_migrations WHERE version >= :'version';
