-- migrate:up
ALTER TABLE child ADD seen timestamptz DEFAULT clock_timestamp();

-- migrate:down
