CREATE TYPE mood AS ENUM ('sad', 'happy', 'wild');
CREATE TABLE authors (id bigserial PRIMARY KEY, email text, state text);
CREATE TABLE posts (id bigserial PRIMARY KEY, title text, views bigint, price numeric, feeling mood, author_id bigint, deleted_at timestamp, body text NOT NULL, slug varchar(50));
