CREATE TABLE posts (
    id bigint PRIMARY KEY,
    title text NOT NULL
);
CREATE TABLE comments (
    id bigint PRIMARY KEY,
    post_id bigint NOT NULL REFERENCES posts ON DELETE SET NULL
);
CREATE INDEX comments_post_id_index ON comments (post_id);
CREATE TABLE visits (seen date);
