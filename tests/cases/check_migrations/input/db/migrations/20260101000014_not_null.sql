-- migrate:up
ALTER TABLE child ALTER amount SET NOT NULL;

-- migrate:down
