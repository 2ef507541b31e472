-- The newest of one author, by [title](column:blog.posts.title).
--
-- Shown on every *dashboard*.
-- name: list_posts
-- params: 1, 'canary-value'
SELECT p.title, u.email
  FROM blog.posts AS p
  JOIN users AS u ON u.id = p.author_id -- canary-comment
 WHERE p.author_id = $1
   AND p.status = :status
   AND p.title <> 'canary-literal'
 ORDER BY p.inserted_at DESC
 LIMIT 20;

-- name: publish
UPDATE blog.posts SET status = 'canary' WHERE id = $1 RETURNING title;

-- name: list_posts
SELECT 'canary-twin';

-- name: newer
SELECT * FROM JSON_TABLE('canary', '$' COLUMNS (a int));

SELECT 'canary-nameless';
