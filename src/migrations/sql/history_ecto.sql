-- Where Ecto keeps what is applied (migration_source), and its row for the version :'version'.
\if :{?table}
CREATE TABLE IF NOT EXISTS :"history" (
    version bigint PRIMARY KEY,
    inserted_at timestamp(0)
);
\endif
\if :{?up}
INSERT INTO :"history" (version, inserted_at) VALUES (:'version', '2000-01-01 00:00:00');
\endif
\if :{?down}
DELETE FROM :"history" WHERE version = :'version';
\endif
\if :{?head}
SELECT max(version) AS applied FROM :"history" HAVING max(version) IS DISTINCT FROM :'version';
\endif
\if :{?gone}
SELECT version AS still_applied FROM :"history" WHERE version >= :'version';
\endif
