CREATE INDEX posts_title_index ON posts (title);
