-- Where Drizzle keeps what is applied, and its row for the time :'version' of its journal. It knows no way
-- down.
\if :{?table}
CREATE SCHEMA IF NOT EXISTS drizzle;
CREATE TABLE IF NOT EXISTS drizzle.__drizzle_migrations (
    id serial PRIMARY KEY,
    hash text NOT NULL,
    created_at bigint
);
\endif
\if :{?up}
INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES (:'checksum', :'version');
\endif
