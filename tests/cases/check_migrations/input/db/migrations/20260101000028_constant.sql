-- migrate:up
ALTER TABLE child ADD told timestamptz NOT NULL DEFAULT now(), ADD said text NOT NULL DEFAULT '';

-- migrate:down
