-- migrate:up
ALTER TABLE child ADD CONSTRAINT child_id_is_set CHECK (id IS NOT NULL) NOT VALID;

-- migrate:down
