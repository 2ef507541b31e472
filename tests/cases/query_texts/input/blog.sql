CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, name text);
CREATE INDEX users_email_index ON users (email);
CREATE INDEX users_name_index ON users (lower(name));
CREATE INDEX users_plain_name_index ON users (name);
CREATE TABLE posts (
    id bigint PRIMARY KEY,
    author_id bigint NOT NULL REFERENCES users,
    editor_id bigint REFERENCES users,
    title text NOT NULL,
    inserted_at timestamptz NOT NULL
);
CREATE INDEX posts_inserted_at_index ON posts (inserted_at, id);
CREATE TABLE events (id bigint, at timestamptz NOT NULL, post_id bigint) PARTITION BY RANGE (at);
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
