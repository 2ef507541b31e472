-- extremes.sql - what PostgreSQL just allows: tables of 1,600 columns, 5,000 functions, a comment of a
-- megabyte, an enum of 100,000 labels.
DO $$
BEGIN
    FOR number IN 1..5 LOOP
        EXECUTE (SELECT format('CREATE TABLE public.wide_%s (%s)', number, string_agg(format('column_%s bool', c), ', ' ORDER BY c))
                   FROM generate_series(1, 1600) c);
    END LOOP;
    FOR number IN 1..5000 LOOP
        EXECUTE format('CREATE FUNCTION public.f_%s(a int, b text DEFAULT %L) RETURNS int LANGUAGE sql AS %L',
                       number, number, 'SELECT a + ' || number);
        EXECUTE format('COMMENT ON FUNCTION public.f_%s(int, text) IS %L', number, 'Adds ' || number);
        IF number % 100 = 0 THEN
            COMMIT;
        END IF;
    END LOOP;
    EXECUTE format('CREATE TABLE public.told (id int); COMMENT ON TABLE public.told IS %L',
                   repeat(E'A paragraph with `code`, *stress* and a [link](https://example.org).\n\n', 15000));
    EXECUTE (SELECT format('CREATE TYPE public.endless AS ENUM (%s)', string_agg(quote_literal('label ' || l), ', ' ORDER BY l))
               FROM generate_series(1, 100000) l);
    CREATE TABLE public.users_of_endless (id int PRIMARY KEY, label public.endless DEFAULT 'label 1');
END $$;
