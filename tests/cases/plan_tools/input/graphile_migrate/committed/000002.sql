--! Previous: sha1:f45b86458dcf4b1f2f5b939d4d29d40217a8654a
--! Hash: sha1:4ae23a084d2c0cd8cf797e25f202317ad43aabe8

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
