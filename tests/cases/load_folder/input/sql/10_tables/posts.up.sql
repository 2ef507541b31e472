BEGIN;
CREATE TABLE :schema.posts (id bigint PRIMARY KEY, title text NOT NULL DEFAULT :'greeting', touched timestamptz);
\if :{?missing}
    SELECT broken;
\elif yes
    CREATE INDEX posts_title_index ON blog.posts (title) \g
\else
    \i missing.sql
\endif
CREATE TRIGGER touch BEFORE UPDATE ON blog.posts FOR EACH ROW EXECUTE FUNCTION blog.touch();
COMMIT;
