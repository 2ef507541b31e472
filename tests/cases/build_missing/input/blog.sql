CREATE SCHEMA blog;
CREATE TABLE blog.users (id bigint PRIMARY KEY, email text NOT NULL, country text);
CREATE TABLE blog.posts (
    id bigint PRIMARY KEY,
    author_id bigint NOT NULL REFERENCES blog.users,
    status text NOT NULL,
    at timestamptz NOT NULL,
    place point
);
CREATE INDEX posts_at ON blog.posts (at);
CREATE TABLE blog.tags (post_id bigint NOT NULL REFERENCES blog.posts, name text NOT NULL, PRIMARY KEY (post_id, name));
CREATE TABLE blog."Odd "">table" ("x>y" bigint NOT NULL, "z" int);
CREATE TABLE blog.small (id int, kind int);
INSERT INTO blog.small VALUES (1, 1);
