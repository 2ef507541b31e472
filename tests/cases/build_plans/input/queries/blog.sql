-- The newest of one author.
-- name: list_posts
SELECT p.id, u.email FROM blog.posts p JOIN blog.users u ON u.id = p.author_id
 WHERE p.author_id = $1 ORDER BY p.at DESC LIMIT 20;

-- name: list_drafts
SELECT id FROM blog.posts WHERE status = 'draft' ORDER BY at;

-- name: odd
SELECT id FROM blog.posts WHERE "x>y" = 17042;

-- name: by_title
SELECT id FROM blog.posts WHERE title = 'canary';

-- name: by_number
SELECT id FROM blog.posts WHERE id = 'canary';

-- name: count_all
SELECT count(*) FROM blog.posts;

-- name: sign_up
INSERT INTO blog.users (id, email) VALUES ($1, $2) ON CONFLICT (email) DO NOTHING;
