-- Revert blog:authors from pg

BEGIN;

DROP TABLE authors;

COMMIT;
