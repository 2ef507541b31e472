-- Where Ecto keeps what is applied; its row for the version :'version'.
CREATE TABLE IF NOT EXISTS schema_migrations (
    version bigint PRIMARY KEY,
    inserted_at timestamp(0)
);
INSERT INTO schema_migrations (version) VALUES (:'version');
