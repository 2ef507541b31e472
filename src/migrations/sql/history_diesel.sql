-- Where Diesel keeps what is applied, and its row for the version :'version'.
\if :{?table}
CREATE TABLE IF NOT EXISTS __diesel_schema_migrations (
    version varchar(50) PRIMARY KEY NOT NULL,
    run_on timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);
\endif
\if :{?up}
INSERT INTO __diesel_schema_migrations (version) VALUES (:'version');
\endif
\if :{?down}
DELETE FROM __diesel_schema_migrations WHERE version = :'version';
\endif
\if :{?head}
SELECT max(version) AS applied FROM __diesel_schema_migrations HAVING max(version) IS DISTINCT FROM :'version';
\endif
\if :{?gone}
SELECT version AS still_applied FROM __diesel_schema_migrations WHERE version >= :'version';
\endif
