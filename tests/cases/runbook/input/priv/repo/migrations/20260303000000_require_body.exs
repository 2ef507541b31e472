defmodule Blog.Repo.Migrations.RequireBody do
  use Ecto.Migration

  def up do
    alter table(:posts) do
      add :body, :text, null: false, default: ""
    end

    execute "COMMENT ON COLUMN posts.title IS 'As readers see it.'"
  end

  def down do
    alter table(:posts) do
      remove :body
    end
  end
end
