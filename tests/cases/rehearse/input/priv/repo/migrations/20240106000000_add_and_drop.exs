defmodule Blog.Repo.Migrations.AddAndDrop do
  use Ecto.Migration

  def up do
    execute "ALTER TABLE posts ADD COLUMN draft boolean"
    execute "ALTER TABLE posts DROP COLUMN draft"
  end

  def down, do: :ok
end
