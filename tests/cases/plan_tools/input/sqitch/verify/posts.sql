-- Verify blog:posts on pg

BEGIN;

SELECT id, author_id, title FROM posts WHERE false;

ROLLBACK;
