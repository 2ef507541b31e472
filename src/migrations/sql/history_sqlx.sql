-- Where sqlx keeps what is applied, and its row for the version :'version'.
\if :{?table}
CREATE TABLE IF NOT EXISTS _sqlx_migrations (
    version bigint PRIMARY KEY,
    description text NOT NULL,
    installed_on timestamptz NOT NULL DEFAULT now(),
    success boolean NOT NULL,
    checksum bytea NOT NULL,
    execution_time bigint NOT NULL
);
\endif
\if :{?up}
INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
VALUES (:'version', replace(:'name', '_', ' '), true, decode(:'checksum', 'hex'), 0);
\endif
\if :{?down}
DELETE FROM _sqlx_migrations WHERE version = :'version';
\endif
\if :{?head}
SELECT max(version) AS applied, bool_and(success) AS success FROM _sqlx_migrations
HAVING max(version) IS DISTINCT FROM :'version' OR NOT bool_and(success);
\endif
\if :{?gone}
SELECT version AS still_applied FROM _sqlx_migrations WHERE version >= :'version';
\endif
