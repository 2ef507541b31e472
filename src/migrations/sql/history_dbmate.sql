-- Where dbmate keeps what is applied; its row for the version :'version'.
CREATE TABLE IF NOT EXISTS schema_migrations (version varchar PRIMARY KEY);
INSERT INTO schema_migrations (version) VALUES (:'version') ON CONFLICT DO NOTHING;
