-- migrate:up
REFRESH MATERIALIZED VIEW sums;

-- migrate:down
