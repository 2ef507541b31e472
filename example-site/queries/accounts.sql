-- One query for all authors on the page. Safe from N+1.
--
-- preload: User.posts in lib/inkwell/accounts.ex
-- name: preload_author_posts
SELECT p.id, p.author_id, p.title, p.slug, p.status, p.published_at
  FROM blog.posts AS p
 WHERE p.author_id = ANY ($1)
 ORDER BY p.author_id;

-- Every request with a session cookie.
--
-- Accounts.get_user_by_session_token/1 in lib/inkwell/accounts.ex
-- name: get_user_by_session_token
SELECT u.id, u.email, u.display_name, u.confirmed_at
  FROM accounts.user_tokens AS t
  JOIN accounts.users AS u ON u.id = t.user_id
 WHERE t.context = 'session'
   AND t.token = $1;

-- Deletes a person. PostgreSQL looks for posts and comments of the deleted person.
--
-- Accounts.delete_user/1 in lib/inkwell/accounts.ex
-- name: delete_user
DELETE FROM accounts.users WHERE id = $1;
