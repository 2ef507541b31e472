CREATE SCHEMA blog;
CREATE TABLE blog.users (id bigint PRIMARY KEY, email text NOT NULL, nickname text);
CREATE TABLE blog.posts (
    id bigint PRIMARY KEY,
    author_id bigint NOT NULL REFERENCES blog.users,
    status text NOT NULL,
    at timestamptz NOT NULL
);
CREATE INDEX posts_author ON blog.posts (author_id);
CREATE INDEX posts_at ON blog.posts (at);
CREATE TABLE blog.tags (post_id bigint NOT NULL REFERENCES blog.posts, name text NOT NULL, PRIMARY KEY (post_id, name));
CREATE INDEX "tags ><script>" ON blog.tags (name);
