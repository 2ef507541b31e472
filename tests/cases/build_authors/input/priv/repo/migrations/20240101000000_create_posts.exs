defmodule Blog.Repo.Migrations.CreatePosts do
  use Ecto.Migration

  def change do
    create table(:posts) do
      add :title, :string, null: false
      add :body, :text
    end

    # Why: somebody looks for words of a body.
    create index(:posts, [:body])
    create index(:posts, [:title])
  end
end
