ALTER TABLE authors ALTER COLUMN state TYPE int USING state::int;
