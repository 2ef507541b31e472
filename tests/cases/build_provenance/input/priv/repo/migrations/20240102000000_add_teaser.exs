defmodule Blog.Repo.Migrations.AddTeaser do
  use Ecto.Migration

  def change do
    alter table(:posts) do
      add :teaser, :text
    end
  end
end
