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
