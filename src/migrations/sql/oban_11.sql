-- Oban's migration 11 on PostgreSQL (the leader). Its form is told in ecto_oban.c.
-- up
CREATE TABLE IF NOT EXISTS {quoted}."oban_peers" ("name" text NOT NULL, "node" text NOT NULL, "started_at" timestamp NOT NULL, "expires_at" timestamp NOT NULL, PRIMARY KEY ("name"))
-- up unlogged
ALTER TABLE {quoted}.oban_peers SET UNLOGGED
-- down
DROP TABLE {quoted}."oban_peers"
