-- migrate:up
ALTER TABLE child_too DROP CONSTRAINT child_too_parent;

-- migrate:down
