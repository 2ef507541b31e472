ALTER TABLE authors ALTER COLUMN state TYPE text;
