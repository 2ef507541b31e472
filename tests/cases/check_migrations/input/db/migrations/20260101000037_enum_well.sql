-- migrate:up
ALTER TYPE mood ADD VALUE 'fine' BEFORE 'bad';

-- migrate:down
