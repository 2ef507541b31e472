-- migrate:up
ALTER TABLE child ADD six text;
COMMIT;

-- migrate:down
