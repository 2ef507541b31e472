CREATE SCHEMA shop;
CREATE SCHEMA audit;
CREATE TABLE audit.events (id bigint PRIMARY KEY, at timestamptz NOT NULL) ;
CREATE TABLE shop.orders (id bigint PRIMARY KEY, event_id bigint REFERENCES audit.events);
CREATE INDEX orders_event_id_index ON shop.orders (event_id);
CREATE TABLE shop.old_orders (id bigint PRIMARY KEY);
CREATE FUNCTION audit.log() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
