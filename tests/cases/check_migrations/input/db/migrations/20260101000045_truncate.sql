-- migrate:up
TRUNCATE keyed;

-- migrate:down
