-- migrate:up
ALTER DOMAIN price ADD CONSTRAINT positive CHECK (VALUE > 0);

-- migrate:down
