ALTER TABLE posts ALTER COLUMN views TYPE bigint, ALTER COLUMN slug TYPE varchar(50), ALTER COLUMN price TYPE numeric;
