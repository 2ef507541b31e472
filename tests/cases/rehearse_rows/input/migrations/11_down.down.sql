ALTER TABLE posts ALTER COLUMN body SET NOT NULL; CREATE UNIQUE INDEX posts_slug ON posts (slug) WHERE deleted_at IS NULL;
