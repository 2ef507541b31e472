defmodule Blog.Repo.Migrations.NoWayBack do
  use Ecto.Migration

  def change do
    execute "ALTER TABLE posts ADD COLUMN slug text"
  end
end
