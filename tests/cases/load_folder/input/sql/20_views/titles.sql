-- psql takes \i from where it runs, which is the folder here
\i 20_views/shared/columns.psql
CREATE VIEW blog.titles AS SELECT :columns FROM blog.posts;
