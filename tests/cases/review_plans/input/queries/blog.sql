-- name: list_by_author
SELECT id, status FROM blog.posts WHERE author_id = $1;

-- name: list_new
SELECT id, status FROM blog.posts WHERE status = $1 ORDER BY at DESC LIMIT 20;

-- name: find_user
SELECT email, nickname FROM blog.users WHERE id = $1;

-- name: find_nickname
SELECT id FROM blog.users WHERE nickname = 'canary';

-- name: list_tags
SELECT name FROM blog.tags WHERE post_id = $1;
