CREATE TABLE nothing (id bigint PRIMARY KEY);
