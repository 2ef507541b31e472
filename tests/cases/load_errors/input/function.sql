CREATE TABLE a (id int);
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$
    SELECT id
      FROM b
$$;
