defmodule Shop.Repo.Migrations.CreateKinds do
  use Ecto.Migration

  def up do
    execute "CREATE SCHEMA kinds"
    execute "CREATE DOMAIN kinds.amount AS int DEFAULT 1 NOT NULL CONSTRAINT positive CHECK (VALUE > 0)"
    execute "CREATE TYPE kinds.place AS (street text, number int)"
    execute "CREATE TYPE kinds.period AS RANGE (SUBTYPE = date)"
    execute "CREATE TYPE kinds.mood AS ENUM ('sad', 'ok', 'glad')"
    execute "CREATE SEQUENCE kinds.numbers INCREMENT BY 5 MAXVALUE 1000 CYCLE"
    execute "CREATE TABLE kinds.\"Count ed\" (\"No\" serial)"
    execute "CREATE TABLE kinds.things (id int PRIMARY KEY, title text)"
    execute "ALTER TABLE kinds.things REPLICA IDENTITY FULL"
    execute "ALTER TABLE kinds.things ALTER title SET STATISTICS 500, ALTER title SET STORAGE EXTERNAL"
    execute "CREATE STATISTICS kinds.both ON id, title FROM kinds.things"
    execute "CREATE RULE quiet AS ON DELETE TO kinds.things DO INSTEAD NOTHING"
    execute "GRANT SELECT, INSERT ON kinds.things TO \"read er\" WITH GRANT OPTION"
    execute "GRANT SELECT ON kinds.things TO PUBLIC"
    execute "GRANT UPDATE (title) ON kinds.things TO \"read er\""
    execute "COMMENT ON CONSTRAINT positive ON DOMAIN kinds.amount IS 'More than none.'"
  end

  def down, do: execute("DROP SCHEMA kinds CASCADE")
end
