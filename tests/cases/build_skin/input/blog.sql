CREATE SCHEMA blog;
CREATE TABLE blog.posts (id bigint PRIMARY KEY, body text, price numeric);
