defmodule Blog.Repo.Migrations.DropIndex do
  use Ecto.Migration

  def change do
    drop index(:posts, [:title])
  end
end
