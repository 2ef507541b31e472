-- migrate:up
ALTER TABLE priced ADD must text NOT NULL;

-- migrate:down
