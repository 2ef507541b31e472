-- migrate:up
CLUSTER keyed USING keyed_pkey;

-- migrate:down
