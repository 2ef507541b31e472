-- Oban's migration 12 on PostgreSQL (no trigger). Its form is told in ecto_oban.c.
-- up
ALTER TABLE {quoted}."oban_jobs" DROP CONSTRAINT "priority_range"
-- up
ALTER TABLE {quoted}."oban_jobs" ADD CONSTRAINT "non_negative_priority" CHECK (priority >= 0) NOT VALID
-- up
DROP TRIGGER IF EXISTS oban_notify ON {quoted}.oban_jobs
-- up
DROP FUNCTION IF EXISTS {quoted}.oban_jobs_notify()
-- down
ALTER TABLE {quoted}."oban_jobs" DROP CONSTRAINT "non_negative_priority"
-- down
ALTER TABLE {quoted}."oban_jobs" ADD CONSTRAINT "priority_range" CHECK (priority between 0 and 3) NOT VALID
-- down
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

-- down
CREATE TRIGGER oban_notify
AFTER INSERT ON {quoted}.oban_jobs
FOR EACH ROW EXECUTE PROCEDURE {quoted}.oban_jobs_notify();

