-- migrate:up
ALTER TABLE child ADD CONSTRAINT child_amount CHECK (amount > 0);

-- migrate:down
