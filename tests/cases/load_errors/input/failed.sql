BEGIN;
CREATE TABLE a (id int);
SELECT 1 / 0;
CREATE TABLE b (id int);
COMMIT;
CREATE TABLE c (id int PRIMARY KEY, password text DEFAULT 'x' || y);
ALTER ROLE app PASSWORD 's3cret';
CREATE USER MAPPING FOR app SERVER nowhere OPTIONS (password 's3cret');
