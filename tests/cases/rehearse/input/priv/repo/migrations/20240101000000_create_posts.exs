defmodule Blog.Repo.Migrations.CreatePosts do
  use Ecto.Migration

  def change do
    create table(:posts) do
      add :title, :string, null: false, comment: "As readers see it."
      add :views, :integer
    end

    create index(:posts, [:title], where: "views > 0")
  end
end
