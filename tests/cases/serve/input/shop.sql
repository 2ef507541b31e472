CREATE SCHEMA shop;
CREATE TABLE shop.orders (id bigint PRIMARY KEY);
COMMENT ON TABLE shop.orders IS 'One order.';
