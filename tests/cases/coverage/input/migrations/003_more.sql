ALTER TABLE shop.lone ADD COLUMN age integer;
CREATE TABLE shop.later (id bigint PRIMARY KEY);
