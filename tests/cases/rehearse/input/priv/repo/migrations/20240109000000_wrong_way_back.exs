defmodule Blog.Repo.Migrations.WrongWayBack do
  use Ecto.Migration

  def up do
    execute "ALTER TABLE posts ADD COLUMN state text DEFAULT clock_timestamp()::text"
  end

  def down do
    execute "ALTER TABLE posts DROP COLUMN status"
  end
end
