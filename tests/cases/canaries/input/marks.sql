CREATE ROLE canary_role LOGIN PASSWORD 'canary-password' VALID UNTIL 'infinity';
ALTER ROLE canary_role SET app.token = 'canary-role-setting';
COMMENT ON ROLE canary_role IS 'canary-role-comment';
ALTER DATABASE marks SET app.token = 'canary-database-setting';
CREATE EXTENSION postgres_fdw;
CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'canary-server-option', dbname 'd');
CREATE USER MAPPING FOR canary_role SERVER far OPTIONS (user 'canary-mapping-user', password 'canary-mapping-password');
CREATE FOREIGN TABLE far_away (id int OPTIONS (column_name 'canary-column-option')) SERVER far OPTIONS (table_name 'canary-table-option');
CREATE SUBSCRIPTION nearby CONNECTION 'host=canary-conninfo-host password=canary-conninfo-password' PUBLICATION p
    WITH (connect = false, enabled = false, create_slot = false, slot_name = NONE);
CREATE TYPE state AS ENUM ('canary-label', 'b');
CREATE DOMAIN code AS text DEFAULT 'canary-domain-default' CHECK (VALUE <> 'canary-domain-check');
CREATE FUNCTION secret_of(word text DEFAULT 'canary-argument') RETURNS text LANGUAGE sql SET app.token = 'canary-function-setting'
    AS $$SELECT 'canary-body'::text$$;
CREATE FUNCTION touched() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN /* canary-body-comment */ RETURN NEW; END$$;
CREATE TABLE things (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    word text DEFAULT 'canary-default' CHECK (word <> 'canary-check'),
    twice text GENERATED ALWAYS AS (word || 'canary-generated') STORED,
    kind state,
    made_at timestamptz DEFAULT now()
);
COMMENT ON TABLE things IS 'canary-comment
private: canary-private-line
canary-private-rest';
COMMENT ON COLUMN things.word IS '  Private: canary-private-column';
COMMENT ON SCHEMA public IS 'private: canary-private-schema';
COMMENT ON DATABASE marks IS 'private: canary-private-database';
ALTER TABLE things OWNER TO canary_role;
CREATE INDEX things_some ON things (word) WHERE word = 'canary-predicate-a';
CREATE INDEX things_more ON things (word) WHERE word = 'canary-predicate-b';
CREATE INDEX things_expression ON things ((word || 'canary-expression'));
CREATE TRIGGER touched BEFORE UPDATE ON things FOR EACH ROW EXECUTE FUNCTION touched('canary-trigger-argument');
ALTER TABLE things ENABLE ROW LEVEL SECURITY;
CREATE POLICY their_own ON things TO canary_role USING (word = 'canary-policy');
CREATE VIEW words AS SELECT word || 'canary-view' AS word FROM things;
CREATE TABLE parts (tenant text, id int) PARTITION BY LIST (tenant);
CREATE TABLE parts_one PARTITION OF parts FOR VALUES IN ('canary-bound');
INSERT INTO things (word, kind) SELECT 'canary-row', 'b' FROM generate_series(1, 1234);
ANALYZE things;
CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL);
INSERT INTO schema_migrations VALUES (1, false);
