-- migrate:up
DROP TABLE parent CASCADE;

-- migrate:down
