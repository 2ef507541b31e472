-- migrate:up
ALTER TYPE mood ADD VALUE 'so-so';

-- migrate:down
