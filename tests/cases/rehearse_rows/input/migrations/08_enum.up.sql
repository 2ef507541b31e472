CREATE TYPE mood2 AS ENUM ('sad', 'happy'); ALTER TABLE posts ALTER COLUMN feeling TYPE mood2 USING feeling::text::mood2;
