-- migrate:up
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

-- migrate:down
DROP FUNCTION touch();
DROP TABLE posts;
