-- Where golang-migrate keeps the last version that is applied.
-- The last two statements: its row for the version :'version', and its end.
CREATE TABLE IF NOT EXISTS schema_migrations (
    version bigint NOT NULL PRIMARY KEY,
    dirty boolean NOT NULL
);
WITH earlier AS (DELETE FROM schema_migrations WHERE version <> :'version')
INSERT INTO schema_migrations (version, dirty) VALUES (:'version', false) ON CONFLICT DO NOTHING;
-- The tool would write the version before it here.
DELETE FROM schema_migrations WHERE version = :'version';
