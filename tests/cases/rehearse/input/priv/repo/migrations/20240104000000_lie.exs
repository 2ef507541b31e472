defmodule Blog.Repo.Migrations.Lie do
  use Ecto.Migration

  def up do
    execute "CREATE TYPE mood AS ENUM ('good', 'bad')"
    execute "GRANT SELECT ON posts TO reporting"
  end

  def down do
    execute "REVOKE SELECT ON posts FROM reporting"
    execute "COMMENT ON COLUMN posts.title IS NULL"
  end
end
