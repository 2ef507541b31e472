INSERT INTO posts (title) VALUES ('three');
