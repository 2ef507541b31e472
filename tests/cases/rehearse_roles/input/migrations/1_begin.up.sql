CREATE SCHEMA shop; CREATE TABLE shop.orders (id bigserial PRIMARY KEY, note text);
