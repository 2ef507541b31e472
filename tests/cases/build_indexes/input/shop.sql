CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (
    id bigint PRIMARY KEY,
    customer_id bigint CONSTRAINT orders_customer REFERENCES customers,
    payer_id bigint CONSTRAINT orders_payer REFERENCES customers,
    seller_id bigint CONSTRAINT orders_seller REFERENCES customers,
    courier_id bigint CONSTRAINT orders_courier REFERENCES customers,
    open boolean NOT NULL
);
CREATE INDEX orders_customer_id ON orders (customer_id);
CREATE INDEX orders_payer_id ON orders (payer_id) WHERE open;
CREATE INDEX orders_seller_id ON orders (seller_id) WHERE open;
