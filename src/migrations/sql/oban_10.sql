-- Oban's migration 10 on PostgreSQL (more checks). Its form is told in ecto_oban.c.
-- up
ALTER TABLE {quoted}."oban_jobs" ALTER COLUMN "args" TYPE jsonb, ALTER COLUMN "args" SET DEFAULT '{}', ALTER COLUMN "priority" TYPE integer, ALTER COLUMN "priority" SET NOT NULL
-- up
ALTER TABLE {quoted}."oban_jobs" ADD CONSTRAINT "priority_range" CHECK (priority between 0 and 3)
-- up
ALTER TABLE {quoted}."oban_jobs" ADD CONSTRAINT "positive_max_attempts" CHECK (max_attempts > 0)
-- up
ALTER TABLE {quoted}."oban_jobs" ADD CONSTRAINT "attempt_range" CHECK (attempt between 0 and max_attempts)
-- up
DROP INDEX IF EXISTS {quoted}."oban_jobs_args_vector"
-- up
DROP INDEX IF EXISTS {quoted}."oban_jobs_worker_gist"
-- up
DROP INDEX IF EXISTS {quoted}."oban_jobs_attempted_at_id_index"
-- up
CREATE INDEX IF NOT EXISTS "oban_jobs_args_index" ON {quoted}."oban_jobs" USING gin ("args")
-- up
CREATE INDEX IF NOT EXISTS "oban_jobs_meta_index" ON {quoted}."oban_jobs" USING gin ("meta")
-- down
ALTER TABLE {quoted}."oban_jobs" ALTER COLUMN "args" TYPE jsonb, ALTER COLUMN "args" SET DEFAULT NULL, ALTER COLUMN "priority" TYPE integer, ALTER COLUMN "priority" DROP NOT NULL
-- down
ALTER TABLE {quoted}."oban_jobs" DROP CONSTRAINT IF EXISTS "attempt_range"
-- down
ALTER TABLE {quoted}."oban_jobs" DROP CONSTRAINT IF EXISTS "positive_max_attempts"
-- down
ALTER TABLE {quoted}."oban_jobs" DROP CONSTRAINT IF EXISTS "priority_range"
