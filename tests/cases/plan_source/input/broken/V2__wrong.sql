CREATE TABLE b (id int);

ALTER TABLE missing
    ADD COLUMN x int;
CREATE TABLE c (id int);
