defmodule Blog.Repo.Migrations.CreatePosts do
  use Ecto.Migration

  def change do
    create table(:posts, comment: "What people wrote.") do
      add :title, :string, null: false
      add :body, :text
    end

    create index(:posts, [:title])
  end
end
