-- name: list_by_author
SELECT id, status FROM blog.posts WHERE author_id = $1 ORDER BY at DESC LIMIT 20;

-- name: count_by_author
SELECT count(*) FROM blog.posts p WHERE p.author_id = $1 AND p.status = 'canary' AND p.at > $2;

-- An index is there.
-- name: newest
SELECT id FROM blog.posts ORDER BY at DESC LIMIT 20;

-- An index on it finds too little.
-- name: by_status
SELECT id FROM blog.posts WHERE status = $1;

-- Whole rows of a join.
-- name: posts_of_country
SELECT p.id FROM blog.users u JOIN blog.posts p ON p.author_id = u.id WHERE u.email = $1;

-- name: either
SELECT id FROM blog.posts WHERE author_id = $1 OR status = $2;

-- No order on points.
-- name: by_place
SELECT id FROM blog.posts WHERE place ~= $1;

-- name: odd
SELECT "z" FROM blog."Odd "">table" AS "t.u" WHERE "t.u"."x>y" = $1;

-- name: small
SELECT id FROM blog.small WHERE kind = $1;
