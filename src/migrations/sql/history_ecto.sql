-- Where Ecto keeps what is applied.
-- The last two statements: its row for the version :'version', and its end.
CREATE TABLE IF NOT EXISTS schema_migrations (
    version bigint PRIMARY KEY,
    inserted_at timestamp(0)
);
INSERT INTO schema_migrations (version, inserted_at) VALUES (:'version', '2000-01-01 00:00:00');
DELETE FROM schema_migrations WHERE version = :'version';
