\i old.sql
ALTER TABLE blog.posts RENAME TO articles;
ALTER TABLE blog.articles RENAME CONSTRAINT posts_author_id_fkey TO articles_author_id_fkey;
ALTER INDEX blog.posts_slug_index RENAME TO articles_slug_index;
ALTER TABLE blog.authors RENAME COLUMN id TO author_id;
ALTER TYPE blog.state RENAME VALUE 'live' TO 'published';
ALTER FUNCTION blog.touch() RENAME TO "x"">";
