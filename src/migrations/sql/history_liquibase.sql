-- Where Liquibase keeps what it ran, and its row for the changeset :'version' of :'name' in :'file'.
\if :{?table}
CREATE TABLE IF NOT EXISTS databasechangeloglock (
    id integer NOT NULL,
    locked boolean NOT NULL,
    lockgranted timestamp,
    lockedby varchar(255),
    CONSTRAINT databasechangeloglock_pkey PRIMARY KEY (id)
);
INSERT INTO databasechangeloglock (id, locked)
SELECT 1, false WHERE NOT EXISTS (SELECT FROM databasechangeloglock);
CREATE TABLE IF NOT EXISTS databasechangelog (
    id varchar(255) NOT NULL,
    author varchar(255) NOT NULL,
    filename varchar(255) NOT NULL,
    dateexecuted timestamp NOT NULL,
    orderexecuted integer NOT NULL,
    exectype varchar(10) NOT NULL,
    md5sum varchar(35),
    description varchar(255),
    comments varchar(255),
    tag varchar(255),
    liquibase varchar(20),
    contexts varchar(255),
    labels varchar(255),
    deployment_id varchar(10)
);
\endif
\if :{?up}
INSERT INTO databasechangelog
    (id, author, filename, dateexecuted, orderexecuted, md5sum, description, comments, exectype, contexts, labels,
     deployment_id)
SELECT :'version', :'name', :'file', now(), coalesce(max(orderexecuted), 0) + 1, nullif(:'checksum', ''), 'sql',
       left(:'comments', 250), 'EXECUTED', nullif(:'contexts', ''), nullif(:'labels', ''),
       right((extract(epoch FROM now()) * 1000)::bigint::text, 10)
  FROM databasechangelog;
\endif
\if :{?down}
DELETE FROM databasechangelog WHERE id = :'version' AND author = :'name' AND filename = :'file';
\endif
\if :{?head}
SELECT id AS applied, author, filename FROM databasechangelog
 WHERE orderexecuted = (SELECT max(orderexecuted) FROM databasechangelog)
   AND (id, author, filename) <> (:'version', :'name', :'file');
\endif
\if :{?gone}
SELECT id AS still_applied FROM databasechangelog WHERE id = :'version' AND author = :'name' AND filename = :'file';
\endif
