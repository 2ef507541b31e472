ALTER TABLE posts DROP CONSTRAINT views_positive;
