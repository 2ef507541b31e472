CREATE SCHEMA shop;
CREATE SCHEMA people;
CREATE SCHEMA "odd.name";
CREATE TABLE people.users (id bigint PRIMARY KEY);
CREATE TABLE people.addresses (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES people.users);
CREATE TABLE shop.orders (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES people.users);
CREATE TABLE shop.lines (id bigint PRIMARY KEY, order_id bigint NOT NULL REFERENCES shop.orders ON DELETE CASCADE);
CREATE VIEW people.nobody AS SELECT 1 AS one;
CREATE TABLE "odd.name"." " (id bigint PRIMARY KEY);
