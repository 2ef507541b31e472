defmodule Blog.Repo.Migrations.DropBody do
  use Ecto.Migration

  def change do
    alter table(:posts) do
      remove :body, :text
    end
  end
end
