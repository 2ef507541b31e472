-- migrate:up transaction:false
CREATE INDEX CONCURRENTLY posts_title_index ON posts (title);

-- migrate:down transaction:false
DROP INDEX CONCURRENTLY posts_title_index;
