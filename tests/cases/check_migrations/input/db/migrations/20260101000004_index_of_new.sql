-- migrate:up
CREATE TABLE fresh (id bigint PRIMARY KEY, parent_id bigint);
CREATE INDEX fresh_parent ON fresh (parent_id);

-- migrate:down
