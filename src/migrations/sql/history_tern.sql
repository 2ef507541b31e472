-- Where tern keeps the last version that is applied: always one row, 0 at the beginning.
\if :{?table}
CREATE TABLE IF NOT EXISTS schema_version (version int4 NOT NULL PRIMARY KEY);
INSERT INTO schema_version (version) SELECT 0 WHERE NOT EXISTS (SELECT FROM schema_version);
\endif
\if :{?up}
UPDATE schema_version SET version = :'version';
\endif
\if :{?down}
UPDATE schema_version SET version = :'version'::int4 - 1;
\endif
\if :{?head}
SELECT version AS applied FROM schema_version WHERE version <> :'version';
\endif
\if :{?gone}
SELECT version AS still_applied FROM schema_version WHERE version >= :'version';
\endif
