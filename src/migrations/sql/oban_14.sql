-- Oban's migration 14 on PostgreSQL (suspended). Its form is told in ecto_oban.c.
-- up
ALTER TYPE {quoted}.oban_job_state ADD VALUE IF NOT EXISTS 'suspended' BEFORE 'scheduled'

-- down
UPDATE {quoted}.oban_jobs SET state = 'scheduled' WHERE state = 'suspended'
