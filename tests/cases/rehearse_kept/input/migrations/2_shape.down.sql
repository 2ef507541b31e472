ALTER TABLE posts DROP COLUMN views;
ALTER TABLE posts ADD COLUMN gone int;
GRANT SELECT ON posts TO others;
