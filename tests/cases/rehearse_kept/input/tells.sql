DO $$ BEGIN
  IF (SELECT at FROM made) = pg_postmaster_start_time() THEN RAISE 'the line was gone up again';
  ELSE RAISE 'the line began with what was kept'; END IF;
END $$;
