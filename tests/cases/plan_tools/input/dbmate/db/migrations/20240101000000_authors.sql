-- Who writes.

-- migrate:up
CREATE TABLE authors (
    id bigint PRIMARY KEY,
    name text NOT NULL
);

-- migrate:down
DROP TABLE authors;
