defmodule Blog.Repo.Migrations.Posts do
  use Ecto.Migration

  def change do
    create table(:posts, comment: "What people <b>read</b>") do
      add :title, :string, nul: false
      timestamps()
    end

    for column <- ~w(title inserted_at)a do
      create index(:posts, [column])
    end
  end
end
