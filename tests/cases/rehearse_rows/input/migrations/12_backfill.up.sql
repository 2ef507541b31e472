UPDATE authors SET email = 'x' || id WHERE email IS NULL; ALTER TABLE authors ALTER COLUMN email SET NOT NULL;
