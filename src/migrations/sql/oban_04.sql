-- Oban's migration 4 on PostgreSQL (no wrapped ids). Its form is told in ecto_oban.c.
-- up
DROP FUNCTION IF EXISTS {quoted}.oban_wrap_id(value bigint)
-- down
CREATE OR REPLACE FUNCTION {quoted}.oban_wrap_id(value bigint) RETURNS int AS $$
BEGIN
  RETURN (CASE WHEN value > 2147483647 THEN mod(value, 2147483647) ELSE value END)::int;
END;
$$ LANGUAGE plpgsql IMMUTABLE;

