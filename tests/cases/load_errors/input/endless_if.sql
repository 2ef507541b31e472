\if true
CREATE TABLE a (id int);
