-- migrate:up
ALTER SCHEMA old RENAME TO older;

-- migrate:down
