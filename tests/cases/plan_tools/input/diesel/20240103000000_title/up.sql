CREATE INDEX CONCURRENTLY posts_title_index ON posts (title);
