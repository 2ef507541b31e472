-- name: words
-- params: 'canary-sample'
SELECT word FROM things WHERE word = $1 AND word <> 'canary-query';
