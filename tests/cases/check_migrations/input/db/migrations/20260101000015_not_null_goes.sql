-- migrate:up
ALTER TABLE child ALTER amount DROP NOT NULL;

-- migrate:down
