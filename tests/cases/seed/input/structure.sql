CREATE TABLE customers (
    id bigserial PRIMARY KEY,
    email varchar(255) NOT NULL,
    password_hash varchar(255),
    name varchar(255),
    age integer,
    inserted_at timestamp(0) NOT NULL,
    updated_at timestamp(0) NOT NULL
);
CREATE UNIQUE INDEX customers_email_index ON customers (email);
CREATE INDEX customers_name_age_index ON customers (name, age);
CREATE TABLE orders (
    id bigserial PRIMARY KEY,
    customer_id bigint,
    status varchar(255),
    inserted_at timestamp(0) NOT NULL,
    updated_at timestamp(0) NOT NULL
);
