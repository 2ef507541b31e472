-- Oban's migration 7 on PostgreSQL (an index for pruning). Its form is told in ecto_oban.c.
-- up
CREATE INDEX IF NOT EXISTS "oban_jobs_attempted_at_id_index" ON {quoted}."oban_jobs" (attempted_at desc, "id") WHERE state in ('completed', 'discarded')
-- down
DROP INDEX IF EXISTS {quoted}."oban_jobs_attempted_at_id_index"
