-- migrate:up
SET LOCAL lock_timeout = '2s';
ALTER TABLE child ADD three text;

-- migrate:down
