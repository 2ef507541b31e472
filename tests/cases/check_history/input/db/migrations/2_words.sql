COMMENT ON TABLE posts IS 'What people wrote.';
