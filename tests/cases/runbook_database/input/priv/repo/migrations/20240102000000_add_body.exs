defmodule Blog.Repo.Migrations.AddBody do
  use Ecto.Migration

  # Rollback: tell the team that reads the feed.
  def change do
    alter table(:posts) do
      add :body, :text
    end
  end
end
