defmodule Blog.Repo.Migrations.CreatePosts do
  use Ecto.Migration

  def up do
    execute "CREATE TABLE posts (id bigint PRIMARY KEY, title text, old text)"
    execute "CREATE INDEX posts_old_index ON posts (old)"
  end

  def down, do: execute("DROP TABLE posts")
end
