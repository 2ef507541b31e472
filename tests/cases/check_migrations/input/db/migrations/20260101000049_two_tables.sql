-- migrate:up
ALTER TABLE child ADD one text;
ALTER TABLE parent ADD two text;

-- migrate:down
