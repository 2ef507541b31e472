CREATE SCHEMA blog;
CREATE TABLE blog.posts (
    id bigint PRIMARY KEY,
    title text NOT NULL,
    state text NOT NULL CHECK (state IN ('draft', 'live')),
    "odd -- ""name""" int
);
CREATE INDEX posts_title_index ON blog.posts (title);
CREATE INDEX posts_live_index ON blog.posts (title) WHERE state = 'live';
CREATE INDEX "odd -->" ON blog.posts ("odd -- ""name""");
