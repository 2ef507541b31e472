-- migrate:up transaction:false
ALTER TABLE child ADD four text;
ALTER TABLE child ADD five text;

-- migrate:down
