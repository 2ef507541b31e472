\restrict a1
SET client_encoding = 'UTF8';
CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public VERSION '1' CASCADE;
COPY a (b, "from") FROM stdin;
1	\\N
\.
COMMENT ON DATABASE x IS 'it''s';
ALTER TABLE a OWNER TO b;
GRANT SELECT (a) ON b TO c;
\unrestrict a1
