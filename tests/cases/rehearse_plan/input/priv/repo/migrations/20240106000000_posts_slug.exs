defmodule Blog.Repo.Migrations.PostsSlug do
  use Ecto.Migration
  @disable_ddl_transaction true
  @disable_migration_lock true

  def up do
    alter table(:posts), do: add(:slug, :text)
    flush()
    repo().query!("UPDATE posts SET slug = lower(title) -- for now")
    execute "ALTER ROLE blog PASSWORD 'geheim'"
    create unique_index(:posts, [:slug], concurrently: true)
  end

  def down, do: raise("\e[31mno way back")
end
