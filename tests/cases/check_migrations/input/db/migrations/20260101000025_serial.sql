-- migrate:up
ALTER TABLE child ADD place serial;

-- migrate:down
