-- Where node-pg-migrate keeps what is applied, and its row for the file, which it names without its ending.
\if :{?table}
CREATE TABLE IF NOT EXISTS pgmigrations (
    id serial PRIMARY KEY,
    name varchar(255) NOT NULL,
    run_on timestamp NOT NULL
);
\endif
\if :{?up}
INSERT INTO pgmigrations (name, run_on) VALUES (:'recorded', now());
\endif
\if :{?down}
DELETE FROM pgmigrations WHERE name = :'recorded';
\endif
\if :{?head}
SELECT (array_agg(name ORDER BY id DESC))[1] AS applied FROM pgmigrations
HAVING (array_agg(name ORDER BY id DESC))[1] IS DISTINCT FROM :'recorded';
\endif
\if :{?gone}
SELECT name AS still_applied FROM pgmigrations WHERE name = :'recorded';
\endif
