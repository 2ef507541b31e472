-- migrate:up
ALTER TABLE child ALTER id SET NOT NULL;

-- migrate:down
