-- migrate:up
ALTER TABLE priced RENAME TO costed;

-- migrate:down
