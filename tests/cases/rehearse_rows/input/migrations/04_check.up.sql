ALTER TABLE posts ADD CONSTRAINT views_positive CHECK (views >= 0 AND price < 1000000);
