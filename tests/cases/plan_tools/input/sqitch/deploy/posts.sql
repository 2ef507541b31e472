-- Deploy blog:posts to pg

BEGIN;

CREATE TABLE posts (
    id bigint PRIMARY KEY,
    author_id bigint NOT NULL REFERENCES authors,
    title text NOT NULL
);
COMMENT ON TABLE posts IS 'What people read; even this.';

COMMIT;
