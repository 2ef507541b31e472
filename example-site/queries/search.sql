-- Search box in the reader and the editor, best match first.
--
-- Search.posts/2 in lib/inkwell/search.ex
-- name: search_posts
SELECT p.id, p.title, p.slug, p.excerpt, p.published_at
  FROM blog.posts AS p
 WHERE p.organization_id = $1
   AND p.search @@ websearch_to_tsquery('english', $2)
 ORDER BY ts_rank(p.search, websearch_to_tsquery('english', $2)) DESC
 LIMIT 20;
