CREATE INDEX posts_slug ON posts (slug);
