-- The newest of one author.
-- name: list_posts
SELECT p.title, u.email
  FROM blog.posts AS p JOIN blog.users AS u ON u.id = p.author_id
 WHERE p.author_id = $1 AND p.status = 'published'
 ORDER BY p.inserted_at DESC LIMIT 20;

-- name: never_seen
DELETE FROM blog.events WHERE at < $1;
