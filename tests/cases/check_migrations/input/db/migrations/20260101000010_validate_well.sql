-- migrate:up
ALTER TABLE child VALIDATE CONSTRAINT child_amount_less;

-- migrate:down
