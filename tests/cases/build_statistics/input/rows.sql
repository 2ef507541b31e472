INSERT INTO blog.users SELECT n, 'canary' || n FROM generate_series(1, 5000) n;
INSERT INTO blog.posts SELECT n, 1 + n % 5000, 'canary', '2026-01-01' FROM generate_series(1, 20000) n;
INSERT INTO blog.tags SELECT n, 'canary' FROM generate_series(1, 5000) n;
VACUUM ANALYZE;
