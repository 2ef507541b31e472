-- migrate:up
CREATE INDEX child_note ON child (note);

-- migrate:down
