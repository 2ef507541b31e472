--! Previous: -
--! Hash: sha1:f45b86458dcf4b1f2f5b939d4d29d40217a8654a

CREATE TABLE authors (
    id bigint PRIMARY KEY,
    name text NOT NULL
);
