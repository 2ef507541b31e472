-- migrate:up
CREATE TABLE a (id int);
CREATE INDEX CONCURRENTLY a_id ON a (id);

-- migrate:down
