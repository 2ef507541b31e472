-- migrate:up
ALTER TABLE child_too ALTER a TYPE numeric;
ALTER TABLE child_too ALTER b TYPE numeric;

-- migrate:down
