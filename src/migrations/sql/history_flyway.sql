-- Where Flyway keeps what it ran, and its row for the file :'script'. An undo is one more row.
\if :{?table}
CREATE TABLE IF NOT EXISTS flyway_schema_history (
    installed_rank int NOT NULL,
    version varchar(50),
    description varchar(200) NOT NULL,
    type varchar(20) NOT NULL,
    script varchar(1000) NOT NULL,
    checksum integer,
    installed_by varchar(100) NOT NULL,
    installed_on timestamp NOT NULL DEFAULT now(),
    execution_time integer NOT NULL,
    success boolean NOT NULL,
    CONSTRAINT flyway_schema_history_pk PRIMARY KEY (installed_rank)
);
CREATE INDEX IF NOT EXISTS flyway_schema_history_s_idx ON flyway_schema_history (success);
\endif
\if :{?up}
INSERT INTO flyway_schema_history
    (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
SELECT coalesce(max(installed_rank), 0) + 1, nullif(:'version', ''), :'name',
       CASE :'kind' WHEN 'baseline' THEN 'SQL_BASELINE' ELSE 'SQL' END, :'script', :'checksum', current_user, 0, true
  FROM flyway_schema_history;
\endif
\if :{?down}
\if :{?undo_script}
INSERT INTO flyway_schema_history
    (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
SELECT coalesce(max(installed_rank), 0) + 1, :'version', :'name', 'UNDO_SQL', :'undo_script', :'undo_checksum',
       current_user, 0, true
  FROM flyway_schema_history;
\endif
\endif
\if :{?head}
SELECT (array_agg(version ORDER BY installed_rank DESC))[1] AS applied, bool_and(success) AS success
  FROM flyway_schema_history f
 WHERE version IS NOT NULL AND type !~ '^(UNDO|DELETE|SCHEMA)'
   AND NOT EXISTS (SELECT FROM flyway_schema_history u WHERE u.version = f.version AND u.type ~ '^(UNDO|DELETE)'
                      AND u.success AND u.installed_rank > f.installed_rank)
HAVING (array_agg(version ORDER BY installed_rank DESC))[1] IS DISTINCT FROM :'version' OR NOT bool_and(success);
\endif
\if :{?gone}
SELECT version AS still_applied FROM flyway_schema_history f
 WHERE version = :'version' AND type !~ '^(UNDO|DELETE|SCHEMA)'
   AND NOT EXISTS (SELECT FROM flyway_schema_history u WHERE u.version = f.version AND u.type ~ '^(UNDO|DELETE)'
                      AND u.success AND u.installed_rank > f.installed_rank);
\endif
