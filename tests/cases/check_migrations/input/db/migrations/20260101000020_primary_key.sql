-- migrate:up
ALTER TABLE child_too ADD PRIMARY KEY (id);

-- migrate:down
