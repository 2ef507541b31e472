-- migrate:up
CREATE INDEX CONCURRENTLY child_kind ON child (kind);

-- migrate:down
