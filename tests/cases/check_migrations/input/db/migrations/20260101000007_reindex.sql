-- migrate:up
REINDEX TABLE child;

-- migrate:down
