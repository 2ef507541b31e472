-- migrate:up
ALTER TABLE child ALTER sort TYPE varchar;

-- migrate:down
