CREATE SCHEMA blog;
CREATE TABLE blog.users (id bigint PRIMARY KEY, email text NOT NULL, "Display Name" text);
CREATE TABLE blog.posts (
    id bigint PRIMARY KEY,
    author_id bigint NOT NULL REFERENCES blog.users,
    title text NOT NULL,
    status text NOT NULL,
    inserted_at timestamp NOT NULL
);
CREATE INDEX posts_author_id_index ON blog.posts (author_id);
CREATE TABLE blog.events (id bigint, at date NOT NULL, post_id bigint) PARTITION BY RANGE (at);
CREATE TABLE blog.events_2026 PARTITION OF blog.events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE VIEW blog.authors AS SELECT u.id, u.email FROM blog.users u;
