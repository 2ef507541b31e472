CREATE UNIQUE INDEX authors_email ON authors (lower(email)); CREATE UNIQUE INDEX posts_slug ON posts (slug) WHERE deleted_at IS NULL;
