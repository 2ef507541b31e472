-- migrate:up
ALTER TABLE child VALIDATE CONSTRAINT child_id_is_set;

-- migrate:down
