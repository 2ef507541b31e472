defmodule Shop.Repo.Migrations.DropShop do
  use Ecto.Migration

  def up, do: execute("DROP SCHEMA shop CASCADE")
  def down, do: :ok
end
