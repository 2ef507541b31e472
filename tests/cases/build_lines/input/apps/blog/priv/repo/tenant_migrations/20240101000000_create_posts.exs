defmodule Blog.Repo.TenantMigrations.CreatePosts do
  use Ecto.Migration

  def change do
    create table(:posts) do
      add :teaser, :text, nul: false
    end
  end
end
