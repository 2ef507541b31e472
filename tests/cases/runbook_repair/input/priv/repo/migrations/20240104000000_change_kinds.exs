defmodule Shop.Repo.Migrations.ChangeKinds do
  use Ecto.Migration

  def up do
    execute "ALTER DOMAIN kinds.amount DROP NOT NULL"
    execute "ALTER DOMAIN kinds.amount SET DEFAULT 2"
    execute "ALTER DOMAIN kinds.amount DROP CONSTRAINT positive"
    execute "ALTER TYPE kinds.place ALTER ATTRIBUTE number TYPE text"
    execute "ALTER SEQUENCE kinds.numbers INCREMENT BY 7 NO CYCLE"
    execute "ALTER TABLE kinds.things REPLICA IDENTITY DEFAULT"
    execute "ALTER TABLE kinds.things ALTER title SET STATISTICS 100, ALTER title SET STORAGE MAIN"
    execute "DROP STATISTICS kinds.both"
    execute "DROP RULE quiet ON kinds.things"
    execute "REVOKE ALL ON kinds.things FROM \"read er\""
    execute "GRANT DELETE ON kinds.things TO PUBLIC"
  end

  def down, do: :ok
end
