-- migrate:up
CREATE TABLE fresh (id bigint PRIMARY KEY, parent_id bigint);
CREATE INDEX fresh_parent ON fresh (parent_id);
CREATE INDEX fresh_second ON fresh (parent_id, id);
DROP INDEX fresh_second;

-- migrate:down
