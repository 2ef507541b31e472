-- migrate:up
DROP INDEX child_code;

-- migrate:down
