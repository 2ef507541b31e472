-- name: first_page
SELECT title FROM posts ORDER BY inserted_at DESC LIMIT 20 OFFSET 0;
-- name: of_a_range
SELECT title FROM posts WHERE inserted_at >= $1::date AND inserted_at < now();
-- name: by_name
SELECT id FROM users WHERE lower(name) = $1;
-- name: without_index
SELECT id FROM posts WHERE lower(title) = $1;
-- name: no_authors
SELECT id FROM users WHERE id NOT IN (SELECT author_id FROM posts);
-- name: no_events
SELECT id FROM users u WHERE NOT EXISTS (SELECT FROM posts WHERE editor_id = u.id);
-- name: one_partition
SELECT count(*) FROM events WHERE post_id = $1 AND at >= $2;
-- name: add_event
INSERT INTO events (id, at) VALUES ($1, now());
-- name: counted
SELECT count(*) FROM posts;
-- name: inner_star
SELECT count(*) FROM (SELECT * FROM posts) p;
-- name: workers
SELECT id FROM posts ORDER BY id LIMIT 10 FOR UPDATE SKIP LOCKED;
-- name: one_row
SELECT id FROM posts WHERE id = $1 FOR UPDATE;
-- name: prefix
SELECT id FROM posts WHERE title LIKE 'canary%';
