-- Oban's migration 9 on PostgreSQL (meta and cancelled). Its form is told in ecto_oban.c.
-- up
ALTER TABLE {quoted}."oban_jobs" ADD COLUMN IF NOT EXISTS "meta" jsonb DEFAULT '{}', ADD COLUMN IF NOT EXISTS "cancelled_at" timestamp
-- up before 2.21.0
DO $$
DECLARE
  version int;
  already bool;
BEGIN
  SELECT current_setting('server_version_num')::int INTO version;
  SELECT '{cancelled}' <@ enum_range(NULL::{quoted}.oban_job_state)::text[] INTO already;

  IF already THEN
    RETURN;
  ELSIF version >= 120000 THEN
    ALTER TYPE {quoted}.oban_job_state ADD VALUE IF NOT EXISTS 'cancelled';
  ELSE
    ALTER TYPE {quoted}.oban_job_state RENAME TO old_oban_job_state;

    CREATE TYPE {quoted}.oban_job_state AS ENUM (
      'available',
      'scheduled',
      'executing',
      'retryable',
      'completed',
      'discarded',
      'cancelled'
    );

    ALTER TABLE {quoted}.oban_jobs RENAME column state TO _state;
    ALTER TABLE {quoted}.oban_jobs ADD state {quoted}.oban_job_state NOT NULL default 'available';

    UPDATE {quoted}.oban_jobs SET state = _state::text::{quoted}.oban_job_state;

    ALTER TABLE {quoted}.oban_jobs DROP column _state;
    DROP TYPE {quoted}.old_oban_job_state;
  END IF;
END$$;

-- up since 2.21.0
ALTER TYPE {quoted}.oban_job_state ADD VALUE IF NOT EXISTS 'cancelled'
-- up
CREATE INDEX IF NOT EXISTS "oban_jobs_state_queue_priority_scheduled_at_id_index" ON {quoted}."oban_jobs" ("state", "queue", "priority", "scheduled_at", "id")
-- down
ALTER TABLE {quoted}."oban_jobs" DROP COLUMN IF EXISTS "meta", DROP COLUMN IF EXISTS "cancelled_at"
-- down before 2.21.0
DO $$
BEGIN
  UPDATE {quoted}.oban_jobs SET state = 'discarded' WHERE state = 'cancelled';

  ALTER TYPE {quoted}.oban_job_state RENAME TO old_oban_job_state;

  CREATE TYPE {quoted}.oban_job_state AS ENUM (
    'available',
    'scheduled',
    'executing',
    'retryable',
    'completed',
    'discarded'
  );

  ALTER TABLE {quoted}.oban_jobs RENAME column state TO _state;

  ALTER TABLE {quoted}.oban_jobs ADD state {quoted}.oban_job_state NOT NULL default 'available';

  UPDATE {quoted}.oban_jobs SET state = _state::text::{quoted}.oban_job_state;

  ALTER TABLE {quoted}.oban_jobs DROP column _state;

  DROP TYPE {quoted}.old_oban_job_state;
END$$;

-- down since 2.21.0
UPDATE {quoted}.oban_jobs SET state = 'discarded' WHERE state = 'cancelled'
