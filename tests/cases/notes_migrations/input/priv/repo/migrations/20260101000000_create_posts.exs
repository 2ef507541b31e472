defmodule Blog.Repo.Migrations.CreatePosts do
  use Ecto.Migration

  def change do
    # Why: one row per post.
    create table(:posts) do
      add :title, :text
    end

    # The archive asks for it.
    # Why: the archive lists posts
    # by title.
    create index(:posts, [:title])

    # This says nothing of a reason.
    create index(:posts, [:id, :title])

    # Why: a number that a script needed once.
    create index(:posts, [:title, :id], name: :posts_script_index)
  end
end
