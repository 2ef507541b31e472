-- migrate:up
ALTER TABLE child_too ALTER a TYPE bigint;

-- migrate:down
