CREATE TABLE public.posts (id bigint PRIMARY KEY, title text, body text);
COMMENT ON TABLE public.posts IS 'What people wrote.';
