--
-- PostgreSQL database dump
--

\restrict 3bTq0kE1xW9ZbQ4S6y8mN2cV5uJ7hG

-- Dumped from database version 17.6
-- Dumped by pg_dump version 17.6

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

CREATE SCHEMA blog;


ALTER SCHEMA blog OWNER TO inkwell_owner;

--
-- Name: citext; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;


COMMENT ON EXTENSION citext IS 'data type for case-insensitive character strings';


CREATE EXTENSION IF NOT EXISTS pg_stat_statements WITH SCHEMA public;


COMMENT ON EXTENSION pg_stat_statements IS 'track planning and execution statistics of all SQL statements executed';


CREATE EXTENSION IF NOT EXISTS dblink WITH SCHEMA public;


COMMENT ON EXTENSION dblink IS 'connect to other PostgreSQL databases from within a database';


CREATE EXTENSION IF NOT EXISTS no_such_extension WITH SCHEMA public;


COMMENT ON EXTENSION no_such_extension IS '';


CREATE FUNCTION blog.slug(title text) RETURNS text
    LANGUAGE sql IMMUTABLE LEAKPROOF PARALLEL SAFE
    AS $$SELECT lower(title)$$;


ALTER FUNCTION blog.slug(title text) OWNER TO inkwell_owner;


CREATE FUNCTION blog.guess() RETURNS integer
    LANGUAGE no_such_language
    AS $$return 1$$;


ALTER FUNCTION blog.guess() OWNER TO inkwell_owner;

COMMENT ON FUNCTION blog.guess() IS 'Makes up a number.';


CREATE FOREIGN DATA WRAPPER elsewhere;


ALTER FOREIGN DATA WRAPPER elsewhere OWNER TO postgres;


CREATE SERVER archive FOREIGN DATA WRAPPER elsewhere;


CREATE USER MAPPING FOR inkwell_owner SERVER archive OPTIONS (
    password 's3cret'
);


CREATE FOREIGN TABLE blog.old_posts (
    id bigint NOT NULL
)
SERVER archive;


SET default_tablespace = fast_disk;

SET default_table_access_method = heap;

CREATE TABLE blog.authors (
    id bigint NOT NULL,
    email public.citext NOT NULL,
    note text
);


ALTER TABLE blog.authors OWNER TO inkwell_owner;

ALTER TABLE blog.authors ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME blog.authors_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


SET default_tablespace = '';

CREATE TABLE blog.schema_migrations (
    version bigint NOT NULL,
    inserted_at timestamp(0) without time zone
);


COPY blog.authors (id, email, note) FROM stdin;
1	ada@example.org	two\nlines; and 'quotes' \\. \\! touch copied
2	bob@example.org	\N
\.


COPY blog.schema_migrations (version, inserted_at) FROM stdin;
20260101000000	2026-01-01 00:00:00
20260102000000	2026-01-02 00:00:00
\.


SELECT pg_catalog.setval('blog.authors_id_seq', 2, true);


ALTER TABLE ONLY blog.authors
    ADD CONSTRAINT authors_pkey PRIMARY KEY (id);


CREATE UNIQUE INDEX authors_email_index ON blog.authors USING btree (email);


ALTER TABLE blog.authors ENABLE ROW LEVEL SECURITY;

CREATE POLICY authors_read ON blog.authors FOR SELECT TO "Reader's role", anon USING (true);


REVOKE USAGE ON SCHEMA public FROM PUBLIC;
REVOKE ALL ON FUNCTION blog.guess() FROM PUBLIC;
GRANT SELECT ON TABLE blog.authors TO anon;
GRANT inkwell_owner TO somebody_else;
ALTER DEFAULT PRIVILEGES FOR ROLE inkwell_owner IN SCHEMA blog GRANT SELECT ON TABLES TO anon;


CREATE PUBLICATION everything FOR ALL TABLES;


COMMENT ON DATABASE inkwell IS 'Where people write.';

--
-- PostgreSQL database dump complete
--

\unrestrict 3bTq0kE1xW9ZbQ4S6y8mN2cV5uJ7hG
