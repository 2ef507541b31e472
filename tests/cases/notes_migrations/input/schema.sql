CREATE TABLE public.posts (id bigserial PRIMARY KEY, title text, CONSTRAINT "odd name" CHECK (title <> ''));
CREATE INDEX posts_title_index ON public.posts (title);
CREATE INDEX posts_id_title_index ON public.posts (id, title);
