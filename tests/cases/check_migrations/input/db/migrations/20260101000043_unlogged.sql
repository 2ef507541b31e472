-- migrate:up
ALTER TABLE child SET UNLOGGED;

-- migrate:down
