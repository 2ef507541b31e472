-- Oban's migration 2 on PostgreSQL (checks of lengths). Its form is told in ecto_oban.c.
-- up
DROP INDEX IF EXISTS {quoted}."oban_jobs_scheduled_at_index"
-- up
CREATE INDEX "oban_jobs_scheduled_at_index" ON {quoted}."oban_jobs" ("scheduled_at") WHERE state in ('available'::{quoted}.oban_job_state, 'scheduled'::{quoted}.oban_job_state)
-- up
ALTER TABLE {quoted}."oban_jobs" ADD CONSTRAINT "worker_length" CHECK (char_length(worker) > 0 AND char_length(worker) < 128)
-- up
ALTER TABLE {quoted}."oban_jobs" ADD CONSTRAINT "queue_length" CHECK (char_length(queue) > 0 AND char_length(queue) < 128)
-- up
CREATE OR REPLACE FUNCTION {quoted}.oban_wrap_id(value bigint) RETURNS int AS $$
BEGIN
  RETURN (CASE WHEN value > 2147483647 THEN mod(value, 2147483647) ELSE value END)::int;
END;
$$ LANGUAGE plpgsql IMMUTABLE;

-- down
ALTER TABLE {quoted}."oban_jobs" DROP CONSTRAINT IF EXISTS "queue_length"
-- down
ALTER TABLE {quoted}."oban_jobs" DROP CONSTRAINT IF EXISTS "worker_length"
-- down
DROP INDEX IF EXISTS {quoted}."oban_jobs_scheduled_at_index"
-- down
CREATE INDEX "oban_jobs_scheduled_at_index" ON {quoted}."oban_jobs" ("scheduled_at")
-- down
DROP FUNCTION IF EXISTS {quoted}.oban_wrap_id(value bigint)
