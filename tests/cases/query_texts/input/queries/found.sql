-- name: pages
SELECT title FROM posts ORDER BY inserted_at DESC, id DESC LIMIT 20 OFFSET $1;
-- name: pages_two_ways
SELECT title FROM posts ORDER BY inserted_at DESC, id LIMIT 20 OFFSET 40;
-- name: by_day
SELECT title FROM posts WHERE author_id = $1 AND (inserted_at::date = $2);
-- name: by_email
SELECT id FROM users u WHERE lower(u.email) = lower($1);
-- name: by_upper_email
SELECT id FROM users u WHERE 'X' = upper(u.email);
-- name: no_editors
SELECT id FROM users WHERE id NOT IN (SELECT editor_id FROM posts);
-- name: all_partitions
SELECT count(*) FROM events WHERE post_id = $1;
-- name: everything
SELECT p.* FROM posts p WHERE id = $1;
-- name: any_one
SELECT id FROM posts ORDER BY random() LIMIT 1;
-- name: queue
SELECT id FROM posts ORDER BY id LIMIT 10 FOR UPDATE;
-- name: pattern
SELECT id FROM posts WHERE id > 5 AND title ILIKE '%canary%';
-- name: pages_with_null
SELECT title FROM posts ORDER BY editor_id, id OFFSET $1;
-- name: pages_by_alias
SELECT author_id AS a FROM posts ORDER BY a OFFSET $1;
