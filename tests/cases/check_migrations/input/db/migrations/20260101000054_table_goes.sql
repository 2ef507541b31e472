-- migrate:up
DROP TABLE child;

-- migrate:down
