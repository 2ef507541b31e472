CREATE EXTENSION citext;
CREATE SCHEMA blog;
CREATE TYPE blog.mood AS ENUM ('good', 'bad');
CREATE TABLE blog.posts (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    title text NOT NULL CONSTRAINT posts_title_check CHECK (length(title) < 80)
);
CREATE INDEX posts_title_index ON blog.posts (title);
CREATE VIEW blog.recent AS SELECT id, title FROM blog.posts;
CREATE FUNCTION blog.touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER posts_touch BEFORE UPDATE ON blog.posts FOR EACH ROW EXECUTE FUNCTION blog.touch();
