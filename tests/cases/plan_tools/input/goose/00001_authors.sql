-- +goose Up
CREATE TABLE authors (
    id bigint PRIMARY KEY,
    name text NOT NULL
);

-- +goose Down
DROP TABLE authors;
