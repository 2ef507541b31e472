SELECT nextval('posts_id_seq');
SELECT 1 / 0;
