-- migrate:up
ALTER TABLE child ALTER kind SET DEFAULT 'plain';

-- migrate:down
