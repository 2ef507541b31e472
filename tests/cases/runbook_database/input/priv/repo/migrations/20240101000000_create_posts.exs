defmodule Blog.Repo.Migrations.CreatePosts do
  use Ecto.Migration

  def change do
    create table(:posts) do
      add :title, :string, null: false
    end

    execute "CREATE PUBLICATION feed FOR TABLE posts", "DROP PUBLICATION feed"
  end
end
