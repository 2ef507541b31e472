-- migrate:up
ALTER TABLE child ADD twice integer GENERATED ALWAYS AS (amount * 2) STORED;

-- migrate:down
