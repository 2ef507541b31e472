ALTER TABLE posts RENAME COLUMN body TO content; ALTER TABLE posts RENAME TO articles; ALTER TABLE articles ALTER content SET NOT NULL
