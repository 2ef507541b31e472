CREATE SCHEMA blog;
CREATE TABLE blog.posts (id bigint PRIMARY KEY, author text NOT NULL, title text NOT NULL, status text);
CREATE INDEX posts_author_index ON blog.posts (author);
CREATE INDEX posts_title_index ON blog.posts (lower(title));
