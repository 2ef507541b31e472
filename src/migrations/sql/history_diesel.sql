-- Where Diesel keeps what is applied.
-- The last two statements: its row for the version :'version', and its end.
CREATE TABLE IF NOT EXISTS __diesel_schema_migrations (
    version varchar(50) PRIMARY KEY NOT NULL,
    run_on timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO __diesel_schema_migrations (version) VALUES (:'version');
DELETE FROM __diesel_schema_migrations WHERE version = :'version';
