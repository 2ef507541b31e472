-- partitions.sql - psql -v count=N: N partitions under one parent, with two indexes, a foreign key and a
-- check that each of them inherits.
SELECT set_config('bench.count', :'count', false) \g /dev/null

CREATE TABLE public.sources (id bigint PRIMARY KEY, title text);
CREATE TABLE public.readings (
    source_id bigint NOT NULL REFERENCES public.sources,
    at timestamptz NOT NULL,
    value double precision CHECK (value >= 0),
    note text,
    PRIMARY KEY (source_id, at)
) PARTITION BY RANGE (at);
COMMENT ON TABLE public.readings IS 'A partition for each day.';
CREATE INDEX ON public.readings (at, value);

DO $$
BEGIN
    FOR day IN 0..current_setting('bench.count')::int - 1 LOOP
        EXECUTE format('CREATE TABLE public.%I PARTITION OF public.readings FOR VALUES FROM (%L) TO (%L)',
                       'readings_' || to_char(date '2019-01-01' + day, 'YYYY_MM_DD'),
                       date '2019-01-01' + day, date '2019-01-01' + day + 1);
        IF day % 100 = 0 THEN
            COMMIT;
        END IF;
    END LOOP;
END $$;
