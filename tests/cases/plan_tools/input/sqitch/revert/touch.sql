-- Revert blog:touch from pg

BEGIN;

CREATE OR REPLACE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.title := NEW.title;
    RETURN NEW;
END;
$$;

COMMIT;
