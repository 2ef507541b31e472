CREATE TABLE a (id int);
CREATE TABLE "[31m
red‮" (id int, id int);
