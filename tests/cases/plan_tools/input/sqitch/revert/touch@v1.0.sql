-- Revert blog:touch@v1.0 from pg

BEGIN;

DROP FUNCTION touch();

COMMIT;
