defmodule Blog.Repo.Migrations.First do
  use Ecto.Migration

  def up, do: execute "CREATE TABLE first (id int)"

  def down, do: :ok
end
