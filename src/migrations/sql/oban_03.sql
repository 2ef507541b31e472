-- Oban's migration 3 on PostgreSQL (who attempted). Its form is told in ecto_oban.c.
-- up
ALTER TABLE {quoted}."oban_jobs" ADD COLUMN IF NOT EXISTS "attempted_by" text[]
-- down
ALTER TABLE {quoted}."oban_jobs" DROP COLUMN IF EXISTS "attempted_by"
