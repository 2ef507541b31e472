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
