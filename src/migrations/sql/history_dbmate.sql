-- Where dbmate keeps what is applied.
-- The last two statements: its row for the version :'version', and its end.
CREATE TABLE IF NOT EXISTS schema_migrations (version varchar PRIMARY KEY);
INSERT INTO schema_migrations (version) VALUES (:'version') ON CONFLICT DO NOTHING;
DELETE FROM schema_migrations WHERE version = :'version';
