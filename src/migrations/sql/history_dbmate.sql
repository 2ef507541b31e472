-- Where dbmate keeps what is applied, and its row for the version :'version'.
\if :{?table}
CREATE TABLE IF NOT EXISTS schema_migrations (version varchar PRIMARY KEY);
\endif
\if :{?up}
INSERT INTO schema_migrations (version) VALUES (:'version');
\endif
\if :{?down}
DELETE FROM schema_migrations WHERE version = :'version';
\endif
\if :{?head}
SELECT max(version) AS applied FROM schema_migrations HAVING max(version) IS DISTINCT FROM :'version';
\endif
\if :{?gone}
SELECT version AS still_applied FROM schema_migrations WHERE version >= :'version';
\endif
