ALTER TABLE posts ALTER COLUMN views TYPE int, ALTER COLUMN slug TYPE varchar(20), ALTER COLUMN price TYPE numeric(8,2);
