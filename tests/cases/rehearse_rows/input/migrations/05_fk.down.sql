ALTER TABLE posts DROP CONSTRAINT posts_author;
