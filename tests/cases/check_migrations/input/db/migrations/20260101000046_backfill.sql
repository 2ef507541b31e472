-- migrate:up
UPDATE child SET code = 'x';

-- migrate:down
