WITH recent AS (SELECT e.post_id AS id, count(*) AS views FROM blog.events_2026 e WHERE at > $1 GROUP BY 1)
SELECT r.views, posts.*, (SELECT email FROM blog.authors a WHERE a.id = author_id) AS author
  FROM recent r JOIN posts USING (id), gone.table_of_old;
