defmodule Shop.Repo.Migrations.DropKinds do
  use Ecto.Migration

  def up, do: execute("DROP SCHEMA kinds CASCADE")
  def down, do: :ok
end
