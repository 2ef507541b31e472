-- migrate:up
ALTER TABLE child ADD body json;

-- migrate:down
