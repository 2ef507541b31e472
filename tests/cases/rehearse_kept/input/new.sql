DO $$
BEGIN
  IF (SELECT string_agg(format('%s %s', id, title), ', ' ORDER BY id) FROM posts) <> '1 one, 2 two, 3 three' THEN
    RAISE 'rows: %', (SELECT string_agg(format('%s %s', id, title), ', ' ORDER BY id) FROM posts);
  ELSIF (SELECT string_agg(attnum::text, ', ' ORDER BY attnum) FROM pg_attribute
          WHERE attrelid = 'posts'::regclass AND attisdropped) <> '3' THEN
    RAISE 'the slots of dropped columns differ';
  ELSIF (SELECT count(*) FROM pg_roles WHERE rolname IN ('readers', 'others')) <> 1 THEN
    RAISE 'roles: %', (SELECT string_agg(rolname, ', ') FROM pg_roles WHERE rolname !~ '^pg_');
  ELSIF current_setting('work_mem') <> '5MB' OR current_setting('extra_float_digits') <> '0' THEN
    RAISE 'settings: %, %', current_setting('work_mem'), current_setting('extra_float_digits');
  END IF;
END $$;
ALTER TABLE posts ADD COLUMN new int;
GRANT SELECT ON posts TO newcomers;
