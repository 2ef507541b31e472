-- Deploy blog:authors to pg

BEGIN;

CREATE TABLE authors (
    id bigint PRIMARY KEY,
    name text NOT NULL
);

COMMIT;
