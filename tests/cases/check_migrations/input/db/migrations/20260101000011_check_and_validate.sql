-- migrate:up
ALTER TABLE child ADD CONSTRAINT child_low CHECK (amount < 9000) NOT VALID;
ALTER TABLE child VALIDATE CONSTRAINT child_low;

-- migrate:down
