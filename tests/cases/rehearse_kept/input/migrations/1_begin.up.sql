CREATE TABLE posts (id serial PRIMARY KEY, title text, gone int);
INSERT INTO posts (title) VALUES ('one'), ('two');
CREATE TABLE made AS SELECT pg_postmaster_start_time() AS at;
