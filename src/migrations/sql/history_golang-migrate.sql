-- Where golang-migrate keeps the last version that is applied: one row, or none.
\if :{?table}
CREATE TABLE IF NOT EXISTS schema_migrations (
    version bigint NOT NULL PRIMARY KEY,
    dirty boolean NOT NULL
);
\endif
\if :{?up}
TRUNCATE schema_migrations;
INSERT INTO schema_migrations (version, dirty) VALUES (:'version', false);
\endif
\if :{?down}
TRUNCATE schema_migrations;
\if :{?previous}
INSERT INTO schema_migrations (version, dirty) VALUES (:'previous', false);
\endif
\endif
\if :{?head}
SELECT max(version) AS applied, bool_or(dirty) AS dirty FROM schema_migrations
HAVING max(version) IS DISTINCT FROM :'version' OR bool_or(dirty);
\endif
\if :{?gone}
SELECT version AS still_applied FROM schema_migrations WHERE version >= :'version';
\endif
