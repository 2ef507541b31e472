-- Deploy blog:touch@v1.0 to pg

BEGIN;

CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.title := NEW.title;
    RETURN NEW;
END;
$$;

COMMIT;
