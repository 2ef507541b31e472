-- migrate:up
ALTER TABLE child ADD CONSTRAINT child_amount_less CHECK (amount < 1000) NOT VALID;

-- migrate:down
