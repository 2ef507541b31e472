-- migrate:up
ALTER TABLE child ADD CONSTRAINT child_once UNIQUE (id);

-- migrate:down
