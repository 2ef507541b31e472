-- Every public page view.
--
-- Blog.get_post_by_slug!/2 in lib/inkwell/blog.ex
-- name: get_post_by_slug
SELECT p.id, p.title, p.excerpt, p.body, p.published_at, p.author_id, p.cover_media_id
  FROM blog.posts AS p
 WHERE p.organization_id = $1
   AND p.slug = $2
   AND p.status = 'published';

-- Home page of an organization, 20 posts.
--
-- Blog.list_published_posts/2 in lib/inkwell/blog.ex
-- name: list_published_posts
SELECT p.id, p.title, p.slug, p.excerpt, p.published_at, p.author_id, p.cover_media_id
  FROM blog.posts AS p
 WHERE p.organization_id = $1
   AND p.status = 'published'
 ORDER BY p.published_at DESC, p.id DESC
 LIMIT 20;

-- Dashboard, 25 newest posts of one author.
--
-- Blog.list_posts_by_author/2 in lib/inkwell/blog.ex
-- name: list_posts_by_author
SELECT p.id, p.title, p.slug, p.status, p.inserted_at, p.updated_at
  FROM blog.posts AS p
 WHERE p.author_id = $1
 ORDER BY p.inserted_at DESC
 LIMIT 25;

-- Editor opens one post.
--
-- Blog.get_post!/1 in lib/inkwell/blog.ex
-- name: get_post
SELECT p.id, p.organization_id, p.author_id, p.title, p.slug, p.excerpt, p.body, p.status,
       p.published_at, p.cover_media_id, p.inserted_at, p.updated_at
  FROM blog.posts AS p
 WHERE p.id = $1;

-- Moderation queue, 50 comments, oldest first.
--
-- Blog.list_pending_comments/1 in lib/inkwell/blog.ex
-- name: list_pending_comments
SELECT c.id, c.body, c.author_id, c.inserted_at, p.id AS post_id, p.title
  FROM blog.comments AS c
  JOIN blog.posts AS p ON p.id = c.post_id
 WHERE c.approved_at IS NULL
   AND p.organization_id = $1
 ORDER BY c.inserted_at
 LIMIT 50;

-- Forgets a file. PostgreSQL clears cover_media_id where the file was used.
--
-- Blog.delete_media/1 in lib/inkwell/blog.ex
-- name: delete_media
DELETE FROM blog.media WHERE id = $1;
