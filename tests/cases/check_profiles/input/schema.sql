-- Four tables as Ecto's generators make them, and the table in which Ecto keeps what is applied.
CREATE TABLE public.schema_migrations (version bigint NOT NULL PRIMARY KEY, inserted_at timestamp(0) without time zone);
CREATE TABLE public.users (
    id bigserial PRIMARY KEY,
    email varchar(255) NOT NULL,
    hashed_password varchar(255) NOT NULL,
    confirmed_at timestamp(0) without time zone,
    inserted_at timestamp(0) without time zone NOT NULL,
    updated_at timestamp(0) without time zone NOT NULL
);
CREATE UNIQUE INDEX users_email_index ON public.users (email);
CREATE TABLE public.users_tokens (
    id bigserial PRIMARY KEY,
    user_id bigint NOT NULL REFERENCES public.users ON DELETE CASCADE,
    token bytea NOT NULL,
    context varchar(255) NOT NULL,
    inserted_at timestamp(0) without time zone NOT NULL
);
CREATE INDEX users_tokens_user_id_index ON public.users_tokens (user_id);
CREATE UNIQUE INDEX users_tokens_context_token_index ON public.users_tokens (context, token);
CREATE TABLE public.posts (
    id bigserial PRIMARY KEY,
    title varchar(255),
    body text,
    user_id bigint NOT NULL REFERENCES public.users ON DELETE CASCADE,
    inserted_at timestamp(0) without time zone NOT NULL,
    updated_at timestamp(0) without time zone NOT NULL
);
CREATE INDEX posts_user_id_index ON public.posts (user_id);
CREATE TABLE public.comments (
    id bigserial PRIMARY KEY,
    body text,
    post_id bigint REFERENCES public.posts ON DELETE CASCADE,
    inserted_at timestamp without time zone NOT NULL,
    updated_at timestamp without time zone NOT NULL
);
CREATE INDEX comments_post_id_index ON public.comments (post_id);
