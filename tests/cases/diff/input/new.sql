CREATE SCHEMA blog;
CREATE TYPE blog.state AS ENUM ('draft', 'hidden', 'live');
CREATE TABLE blog.posts (
    id bigint PRIMARY KEY,
    slug text,
    author_id bigint,
    status varchar(10) CHECK ((status)::text = ANY (ARRAY[('draft'::character varying)::text, ('live'::character varying)::text]))
);
CREATE UNIQUE INDEX posts_slug_index ON blog.posts (slug);
CREATE TABLE blog."x
+ table blog.y" (id integer);
CREATE VIEW blog.live_posts AS SELECT id, slug FROM blog.posts WHERE status = 'live' AND slug IS NOT NULL;
CREATE FUNCTION blog.touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.slug := lower(trim(NEW.slug));
    RETURN NEW;
END
$$;
