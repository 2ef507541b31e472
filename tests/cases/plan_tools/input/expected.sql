CREATE TABLE authors (
    id bigint PRIMARY KEY,
    name text NOT NULL
);
CREATE TABLE posts (
    id bigint PRIMARY KEY,
    author_id bigint NOT NULL REFERENCES authors,
    title text NOT NULL
);
COMMENT ON TABLE posts IS 'What people read; even this.';
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.title := trim(NEW.title);
    RETURN NEW;
END;
$$;
CREATE INDEX posts_title_index ON posts (title);
