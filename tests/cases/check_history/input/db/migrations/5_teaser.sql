ALTER TABLE posts ADD COLUMN teaser text;
