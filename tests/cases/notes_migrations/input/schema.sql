CREATE TABLE public.posts (id bigserial PRIMARY KEY, title text, team text, source text, CONSTRAINT "odd name" CHECK (title <> ''));
CREATE INDEX posts_title_index ON public.posts (title);
CREATE INDEX posts_id_title_index ON public.posts (id, title);
CREATE VIEW public.titles AS SELECT title FROM public.posts;
CREATE FUNCTION public.plain(text) RETURNS text LANGUAGE sql IMMUTABLE AS $_$SELECT lower($1)$_$;
CREATE MATERIALIZED VIEW public.counts AS SELECT count(*) AS count FROM public.posts;
CREATE POLICY own ON public.posts USING (team = CURRENT_USER);
CREATE TABLE public.drafts (id bigserial PRIMARY KEY);
COMMENT ON TABLE public.drafts IS 'From the comment.';
