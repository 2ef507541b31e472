CREATE SCHEMA shop;
CREATE TABLE shop.people (id bigint PRIMARY KEY, name text NOT NULL);
COMMENT ON COLUMN shop.people.name IS 'As they call themselves.';
CREATE TABLE shop.lone (id bigint PRIMARY KEY);
