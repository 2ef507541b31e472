CREATE SCHEMA blog;
CREATE FUNCTION blog.touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.touched := now(); -- a ; and a \ in here
    RETURN NEW;
END
$$;
CREATE TABLE blog.posts (id bigint PRIMARY KEY, title text NOT NULL DEFAULT 'it''s "here"', touched timestamptz);
CREATE INDEX posts_title_index ON blog.posts (title);
CREATE TRIGGER touch BEFORE UPDATE ON blog.posts FOR EACH ROW EXECUTE FUNCTION blog.touch();
CREATE VIEW blog.titles AS SELECT id, title FROM blog.posts;
