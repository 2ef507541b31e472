-- What dump.sql should come to.
CREATE EXTENSION citext;
CREATE EXTENSION pg_stat_statements;
CREATE SCHEMA blog;
CREATE FUNCTION blog.slug(title text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$SELECT lower(title)$$;
CREATE SERVER archive FOREIGN DATA WRAPPER elsewhere;
CREATE FOREIGN TABLE blog.old_posts (id bigint NOT NULL) SERVER archive;
CREATE TABLE blog.authors (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email public.citext NOT NULL,
    note text
);
CREATE UNIQUE INDEX authors_email_index ON blog.authors (email);
ALTER TABLE blog.authors ENABLE ROW LEVEL SECURITY;
CREATE POLICY authors_read ON blog.authors FOR SELECT TO "Reader's role", anon USING (true);
CREATE TABLE blog.schema_migrations (version bigint NOT NULL, inserted_at timestamp(0));
INSERT INTO blog.schema_migrations
VALUES (20260101000000, '2026-01-01'), (20260102000000, '2026-01-02');
COMMENT ON DATABASE whatever IS 'Where people write.';
