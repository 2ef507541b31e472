-- Oban's migration 5 on PostgreSQL (one index). Its form is told in ecto_oban.c.
-- up
DROP INDEX IF EXISTS {quoted}."oban_jobs_scheduled_at_index"
-- up
DROP INDEX IF EXISTS {quoted}."oban_jobs_queue_index"
-- up
DROP INDEX IF EXISTS {quoted}."oban_jobs_state_index"
-- up
CREATE INDEX IF NOT EXISTS "oban_jobs_queue_state_scheduled_at_id_index" ON {quoted}."oban_jobs" ("queue", "state", "scheduled_at", "id")
-- down
DROP INDEX IF EXISTS {quoted}."oban_jobs_queue_state_scheduled_at_id_index"
-- down
CREATE INDEX IF NOT EXISTS "oban_jobs_queue_index" ON {quoted}."oban_jobs" ("queue")
-- down
CREATE INDEX IF NOT EXISTS "oban_jobs_state_index" ON {quoted}."oban_jobs" ("state")
-- down
CREATE INDEX "oban_jobs_scheduled_at_index" ON {quoted}."oban_jobs" ("scheduled_at") WHERE state in ('available'::{quoted}.oban_job_state, 'scheduled'::{quoted}.oban_job_state)
