CREATE TABLE posts (id bigint PRIMARY KEY, title text NOT NULL, body text);
CREATE INDEX posts_title_index ON posts (title);
CREATE INDEX posts_body_index ON posts (body);
CREATE TABLE tags (id bigint PRIMARY KEY);
COMMENT ON TABLE tags IS 'Labels.';
