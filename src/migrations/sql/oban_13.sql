-- Oban's migration 13 on PostgreSQL (indexes for pruning). Its form is told in ecto_oban.c.
-- up
CREATE INDEX IF NOT EXISTS "oban_jobs_state_cancelled_at_index" ON {quoted}."oban_jobs" ("state", "cancelled_at")
-- up
CREATE INDEX IF NOT EXISTS "oban_jobs_state_discarded_at_index" ON {quoted}."oban_jobs" ("state", "discarded_at")
-- down
DROP INDEX IF EXISTS {quoted}."oban_jobs_state_discarded_at_index"
-- down
DROP INDEX IF EXISTS {quoted}."oban_jobs_state_cancelled_at_index"
