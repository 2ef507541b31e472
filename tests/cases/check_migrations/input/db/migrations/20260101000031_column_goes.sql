-- migrate:up
ALTER TABLE child DROP note;

-- migrate:down
