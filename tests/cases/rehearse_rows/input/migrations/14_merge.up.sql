UPDATE articles SET title = 'merged';
