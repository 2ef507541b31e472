defmodule Blog.Repo.Migrations.FindTitles do
  use Ecto.Migration

  @disable_ddl_transaction true
  @disable_migration_lock true

  def up do
    execute "DROP INDEX CONCURRENTLY posts_old_index"
    execute "ALTER TABLE posts ADD slug text"
    execute "CREATE INDEX CONCURRENTLY posts_slug_index ON posts (slug)"
    execute "CREATE INDEX CONCURRENTLY posts_title_index ON posts (title)"
  end

  def down do
    execute "DROP INDEX CONCURRENTLY IF EXISTS posts_title_index"
    execute "DROP INDEX CONCURRENTLY posts_slug_index"
    execute "ALTER TABLE posts DROP COLUMN slug"
    execute "CREATE INDEX CONCURRENTLY posts_old_index ON posts (old)"
  end
end
