DELETE FROM posts WHERE title = 'three';
