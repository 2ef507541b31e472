-- migrate:up
ALTER TABLE child RENAME kind TO sort;

-- migrate:down
