defmodule Blog.Repo.Migrations.Last do
  use Ecto.Migration

  def up, do: execute "CREATE TABLE last (id int)"

  def down, do: :ok
end
