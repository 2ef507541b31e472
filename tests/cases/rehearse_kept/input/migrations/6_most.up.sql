CREATE INDEX posts_views ON posts (views);
