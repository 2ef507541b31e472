CREATE TABLE shop.orders (id bigint PRIMARY KEY, person_id bigint NOT NULL REFERENCES shop.people, note text);
CREATE INDEX orders_person_id_index ON shop.orders (person_id);
CREATE VIEW shop.open_orders AS SELECT id, note FROM shop.orders;
CREATE VIEW shop.notes AS SELECT note FROM shop.orders;
CREATE VIEW shop.all_notes AS SELECT note FROM shop.notes;
CREATE SCHEMA old;
CREATE TABLE old.people (id bigint PRIMARY KEY, "od<d" text CHECK ("od<d" <> ''));
