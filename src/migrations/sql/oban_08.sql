-- Oban's migration 8 on PostgreSQL (priority and tags). Its form is told in ecto_oban.c.
-- up before 2.18.1
ALTER TABLE {quoted}."oban_jobs" ADD COLUMN IF NOT EXISTS "discarded_at" timestamp, ADD COLUMN IF NOT EXISTS "priority" integer, ADD COLUMN IF NOT EXISTS "tags" varchar(255)[]
-- up since 2.18.1
ALTER TABLE {quoted}."oban_jobs" ADD COLUMN IF NOT EXISTS "discarded_at" timestamp, ADD COLUMN IF NOT EXISTS "priority" integer, ADD COLUMN IF NOT EXISTS "tags" text[]
-- up before 2.18.1
ALTER TABLE {quoted}."oban_jobs" ALTER COLUMN "priority" TYPE integer, ALTER COLUMN "priority" SET DEFAULT 0, ALTER COLUMN "tags" TYPE varchar(255)[], ALTER COLUMN "tags" SET DEFAULT ARRAY[]::varchar(255)[]
-- up since 2.18.1
ALTER TABLE {quoted}."oban_jobs" ALTER COLUMN "priority" TYPE integer, ALTER COLUMN "priority" SET DEFAULT 0, ALTER COLUMN "tags" TYPE text[], ALTER COLUMN "tags" SET DEFAULT ARRAY[]::text[]
-- up
DROP INDEX IF EXISTS {quoted}."oban_jobs_queue_state_scheduled_at_id_index"
-- up
CREATE INDEX IF NOT EXISTS "oban_jobs_state_queue_priority_scheduled_at_id_index" ON {quoted}."oban_jobs" ("state", "queue", "priority", "scheduled_at", "id")
-- up
CREATE OR REPLACE FUNCTION {quoted}.oban_jobs_notify() RETURNS trigger AS $$
DECLARE
  channel text;
  notice json;
BEGIN
  IF NEW.state = 'available' THEN
    channel = '{escaped}.oban_insert';
    notice = json_build_object('queue', NEW.queue);

    PERFORM pg_notify(channel, notice::text);
  END IF;

  RETURN NULL;
END;
$$ LANGUAGE plpgsql;

-- up
DROP TRIGGER IF EXISTS oban_notify ON {quoted}.oban_jobs
-- up
CREATE TRIGGER oban_notify
AFTER INSERT ON {quoted}.oban_jobs
FOR EACH ROW EXECUTE PROCEDURE {quoted}.oban_jobs_notify();

-- down
DROP INDEX IF EXISTS {quoted}."oban_jobs_queue_state_priority_scheduled_at_id_index"
-- down
CREATE INDEX IF NOT EXISTS "oban_jobs_queue_state_scheduled_at_id_index" ON {quoted}."oban_jobs" ("queue", "state", "scheduled_at", "id")
-- down
ALTER TABLE {quoted}."oban_jobs" DROP COLUMN IF EXISTS "discarded_at", DROP COLUMN IF EXISTS "priority", DROP COLUMN IF EXISTS "tags"
-- down
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

-- down
DROP TRIGGER IF EXISTS oban_notify ON {quoted}.oban_jobs
-- down
CREATE TRIGGER oban_notify
AFTER INSERT OR UPDATE OF state ON {quoted}.oban_jobs
FOR EACH ROW EXECUTE PROCEDURE {quoted}.oban_jobs_notify();

