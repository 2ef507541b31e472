-- migrate:up
ALTER TABLE child ADD late text;
UPDATE child SET late = code WHERE code IS NOT NULL;

-- migrate:down
