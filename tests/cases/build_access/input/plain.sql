CREATE TABLE public.plain (id bigint PRIMARY KEY);
