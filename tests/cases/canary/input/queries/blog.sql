-- Posts of one author.
-- name: posts_of_author
-- params: 'CANARY-param'
SELECT title FROM blog.posts WHERE author = $1 AND status <> 'CANARY-file' /* CANARY-comment */;

-- name: newer
SELECT * FROM JSON_TABLE('CANARY-newer', '$' COLUMNS (a int));
