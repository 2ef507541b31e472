CREATE TABLE public.plain (id bigint PRIMARY KEY);
GRANT SELECT ON public.plain TO app;
