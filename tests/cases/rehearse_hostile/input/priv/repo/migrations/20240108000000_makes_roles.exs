defmodule Blog.Repo.Migrations.MakesRoles do
  use Ecto.Migration

  def up, do: execute "CREATE ROLE boss SUPERUSER"

  def down, do: :ok
end
