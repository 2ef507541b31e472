-- +goose Up
CREATE ROLE reader LOGIN PASSWORD 'geheim1';
CREATE SERVER far FOREIGN DATA WRAPPER elsewhere OPTIONS (host 'db');
CREATE USER MAPPING FOR reader SERVER far OPTIONS (user 'r', password 'geheim2');
-- +goose ENVSUB ON
SELECT 'postgresql://r:geheim3@${HOST}/d';
-- +goose ENVSUB OFF
CREATE TABLE kept (id int);

-- +goose Down
DROP TABLE kept;
DROP ROLE reader;
