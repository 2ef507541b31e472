CREATE TABLE posts (id bigint PRIMARY KEY, slug text);
INSERT INTO posts VALUES (1, 'a');
