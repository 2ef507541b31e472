-- migrate:up
ALTER TABLE child ADD number bigint GENERATED ALWAYS AS IDENTITY;

-- migrate:down
