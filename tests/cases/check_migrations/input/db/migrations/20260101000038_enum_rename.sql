-- migrate:up
ALTER TYPE mood RENAME VALUE 'bad' TO 'worse';

-- migrate:down
