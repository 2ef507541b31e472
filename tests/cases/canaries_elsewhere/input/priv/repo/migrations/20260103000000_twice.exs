defmodule Shop.Repo.Migrations.Twice do
  use Ecto.Migration

  def up do
    execute("CREATE ROLE app PASSWORD 'canary-role-password'")
    Shop.Repo.insert!(%Shop.Person{mail: "canary-repo-insert"})
    execute("INSERT INTO people (mail) SELECT 'canary' || '-detail' FROM generate_series(1, 2)")
  end

  def down, do: execute("DELETE FROM people")
end
