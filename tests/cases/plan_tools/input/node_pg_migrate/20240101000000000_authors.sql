-- Up Migration
CREATE TABLE authors (
    id bigint PRIMARY KEY,
    name text NOT NULL
);

-- Down Migration
DROP TABLE authors;
