CREATE SCHEMA blog;
CREATE TABLE blog.authors (
    id bigint PRIMARY KEY,
    email text NOT NULL UNIQUE
);
CREATE TABLE blog.posts (
    id bigint PRIMARY KEY,
    author_id bigint NOT NULL REFERENCES blog.authors ON DELETE SET NULL,
    title text NOT NULL
);
CREATE INDEX posts_author_id_index ON blog.posts (author_id);
