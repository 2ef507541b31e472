-- Oban's migration 1 on PostgreSQL (the jobs). Its form is told in ecto_oban.c.
-- up create_schema
CREATE SCHEMA IF NOT EXISTS {quoted}
-- up before 2.21.0
DO $$
BEGIN
IF NOT EXISTS (SELECT 1 FROM pg_type
               WHERE typname = 'oban_job_state'
                 AND typnamespace = '{escaped}'::regnamespace::oid) THEN
    CREATE TYPE {quoted}.oban_job_state AS ENUM (
      'available',
      'scheduled',
      'executing',
      'retryable',
      'completed',
      'discarded'
    );
  END IF;
END$$;

-- up since 2.21.0
DO $$
BEGIN
IF NOT EXISTS (SELECT 1 FROM pg_type
               WHERE typname = 'oban_job_state'
                 AND typnamespace = '{escaped}'::regnamespace::oid) THEN
    CREATE TYPE {quoted}.oban_job_state AS ENUM (
      'available',
      'suspended',
      'scheduled',
      'executing',
      'retryable',
      'completed',
      'discarded',
      'cancelled'
    );
  END IF;
END$$;

-- up
CREATE TABLE IF NOT EXISTS {quoted}."oban_jobs" ("id" bigserial, "state" {quoted}.oban_job_state DEFAULT 'available' NOT NULL, "queue" text DEFAULT 'default' NOT NULL, "worker" text NOT NULL, "args" jsonb NOT NULL, "errors" jsonb[] DEFAULT ARRAY[]::jsonb[] NOT NULL, "attempt" integer DEFAULT 0 NOT NULL, "max_attempts" integer DEFAULT 20 NOT NULL, "inserted_at" timestamp DEFAULT timezone('UTC', now()) NOT NULL, "scheduled_at" timestamp DEFAULT timezone('UTC', now()) NOT NULL, "attempted_at" timestamp, "completed_at" timestamp, PRIMARY KEY ("id"))
-- up
CREATE INDEX IF NOT EXISTS "oban_jobs_queue_index" ON {quoted}."oban_jobs" ("queue")
-- up
CREATE INDEX IF NOT EXISTS "oban_jobs_state_index" ON {quoted}."oban_jobs" ("state")
-- up
CREATE INDEX IF NOT EXISTS "oban_jobs_scheduled_at_index" ON {quoted}."oban_jobs" ("scheduled_at")
-- up
CREATE OR REPLACE FUNCTION {quoted}.oban_jobs_notify() RETURNS trigger AS $$
DECLARE
  channel text;
  notice json;
BEGIN
  IF (TG_OP = 'INSERT') THEN
    channel = '{escaped}.oban_insert';
    notice = json_build_object('queue', NEW.queue, 'state', NEW.state);

    -- No point triggering for a job that isn't scheduled to run now
    IF NEW.scheduled_at IS NOT NULL AND NEW.scheduled_at > now() AT TIME ZONE 'utc' THEN
      RETURN null;
    END IF;
  ELSE
    channel = '{escaped}.oban_update';
    notice = json_build_object('queue', NEW.queue, 'new_state', NEW.state, 'old_state', OLD.state);
  END IF;

  PERFORM pg_notify(channel, notice::text);

  RETURN NULL;
END;
$$ LANGUAGE plpgsql;

-- up
DROP TRIGGER IF EXISTS oban_notify ON {quoted}.oban_jobs
-- up
CREATE TRIGGER oban_notify
AFTER INSERT OR UPDATE OF state ON {quoted}.oban_jobs
FOR EACH ROW EXECUTE PROCEDURE {quoted}.oban_jobs_notify();

-- down
DROP TRIGGER IF EXISTS oban_notify ON {quoted}.oban_jobs
-- down
DROP FUNCTION IF EXISTS {quoted}.oban_jobs_notify()
-- down
DROP TABLE IF EXISTS {quoted}."oban_jobs"
-- down
DROP TYPE IF EXISTS {quoted}.oban_job_state
