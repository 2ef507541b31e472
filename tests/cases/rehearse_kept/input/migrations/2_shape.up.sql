ALTER TABLE posts DROP COLUMN gone;
ALTER TABLE posts ADD COLUMN views int;
GRANT SELECT ON posts TO readers;
