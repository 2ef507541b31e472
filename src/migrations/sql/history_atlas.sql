-- Where Atlas keeps what is applied, in the schema that it makes where the connection names none, and its
-- row for the version :'version'. The way down is computed by Atlas; it takes the row away.
\if :{?table}
CREATE SCHEMA IF NOT EXISTS atlas_schema_revisions;
CREATE TABLE IF NOT EXISTS atlas_schema_revisions.atlas_schema_revisions (
    version varchar NOT NULL,
    description varchar NOT NULL,
    type bigint NOT NULL DEFAULT 2,
    applied bigint NOT NULL DEFAULT 0,
    total bigint NOT NULL DEFAULT 0,
    executed_at timestamptz NOT NULL,
    execution_time bigint NOT NULL,
    error text,
    error_stmt text,
    hash varchar NOT NULL,
    partial_hashes jsonb,
    operator_version varchar NOT NULL,
    PRIMARY KEY (version)
);
\endif
\if :{?up}
INSERT INTO atlas_schema_revisions.atlas_schema_revisions
    (version, description, type, applied, total, executed_at, execution_time, hash, partial_hashes, operator_version)
VALUES (:'version', :'name', 2, :statements, :statements, now(), 0, regexp_replace(:'checksum', '^h1:', ''), 'null',
        'Atlas CLI');
\endif
\if :{?down}
DELETE FROM atlas_schema_revisions.atlas_schema_revisions WHERE version = :'version';
\endif
\if :{?head}
SELECT max(version) AS applied, max(error) AS error FROM atlas_schema_revisions.atlas_schema_revisions
HAVING max(version) IS DISTINCT FROM :'version' OR max(error) <> '';
\endif
\if :{?gone}
SELECT version AS still_applied FROM atlas_schema_revisions.atlas_schema_revisions WHERE version >= :'version';
\endif
