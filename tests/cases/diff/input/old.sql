CREATE SCHEMA blog;
CREATE TYPE blog.state AS ENUM ('draft', 'live');
CREATE TABLE blog.authors (id bigint PRIMARY KEY);
CREATE TABLE blog.posts (
    id integer PRIMARY KEY,
    author_id bigint REFERENCES blog.authors,
    slug text NOT NULL,
    status varchar(10) CHECK (status IN ('draft', 'live'))
);
CREATE INDEX posts_slug_index ON blog.posts (slug);
COMMENT ON TABLE blog.posts IS 'What people wrote.';
CREATE VIEW blog.live_posts AS SELECT id, slug FROM blog.posts WHERE status = 'live';
CREATE FUNCTION blog.touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.slug := lower(NEW.slug);
    RETURN NEW;
END
$$;
