-- name: list_by_author
SELECT * FROM blog.posts WHERE author_id = $1;

-- name: find_user
SELECT * FROM blog.users WHERE id = $1;

-- name: list_tags
SELECT * FROM blog.tags WHERE post_id = $1;
