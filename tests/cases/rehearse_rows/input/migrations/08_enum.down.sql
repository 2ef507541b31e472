ALTER TABLE posts ALTER COLUMN feeling TYPE mood USING feeling::text::mood; DROP TYPE mood2;
