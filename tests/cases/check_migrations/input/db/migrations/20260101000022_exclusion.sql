-- migrate:up
ALTER TABLE keyed ADD CONSTRAINT keyed_apart EXCLUDE (b WITH =);

-- migrate:down
