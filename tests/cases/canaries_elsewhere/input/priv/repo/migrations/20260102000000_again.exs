defmodule Shop.Repo.Migrations.Again do
  use Ecto.Migration

  def up do
    execute("CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (host 'canary-server-option')")
  end

  def down, do: execute("DROP SERVER s")
end
