-- For tern. No rows: :'version' is the last version that is applied; then: neither it nor a later one is.
SELECT version AS applied FROM schema_version WHERE version <> :'version';
SELECT version AS still_applied FROM schema_version WHERE version >= :'version';
