defmodule Blog.Repo.Migrations.Roles do
  use Ecto.Migration

  def up do
    execute "CREATE ROLE writer LOGIN PASSWORD 'geheim'"
    execute "ALTER TABLE posts OWNER TO writer"
  end

  def down do
    execute "ALTER TABLE posts OWNER TO CURRENT_USER"
    execute "DROP ROLE writer"
  end
end
