DO $$ BEGIN ALTER ROLE CURRENT_USER SET work_mem = '5MB'; END $$;
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET extra_float_digits = 0', current_database()); END $$;
