-- migrate:up transaction:false
CREATE INDEX CONCURRENTLY child_note_again ON child (note);

-- migrate:down
