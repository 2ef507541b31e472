-- migrate:up
DROP SCHEMA older CASCADE;

-- migrate:down
