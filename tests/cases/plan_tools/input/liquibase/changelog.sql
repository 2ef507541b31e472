--liquibase formatted sql

--property name:authors value:authors

--changeset ada:authors
--comment: Who writes.
CREATE TABLE ${authors} (
    id bigint PRIMARY KEY,
    name text NOT NULL
);
--rollback DROP TABLE
--rollback authors;

--changeset ada:posts splitStatements:true labels:v1 context:"prod or test"
CREATE TABLE posts (
    id bigint PRIMARY KEY,
    author_id bigint NOT NULL REFERENCES authors,
    title text NOT NULL
);
COMMENT ON TABLE posts IS 'What people read; even this.';
/* liquibase rollback
DROP TABLE posts;
*/

--changeset bert:touch splitStatements:false
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.title := trim(NEW.title);
    RETURN NEW;
END;
$$;

--changeset bert:oracle dbms:oracle
CREATE TABLE dual (x number);
--rollback DROP TABLE dual;

--changeset "bert b.":title runInTransaction:false
CREATE INDEX CONCURRENTLY posts_title_index ON posts (title);
--rollback empty
