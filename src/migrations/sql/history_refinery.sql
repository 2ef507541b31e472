-- Where Refinery keeps what is applied, and its row for the version :'version'. It knows no way down.
\if :{?table}
CREATE TABLE IF NOT EXISTS refinery_schema_history (
    version int4 PRIMARY KEY,
    name varchar(255),
    applied_on varchar(255),
    checksum varchar(255)
);
\endif
\if :{?up}
INSERT INTO refinery_schema_history (version, name, applied_on, checksum)
VALUES (:'version', :'name', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), :'checksum');
\endif
