defmodule Blog.Repo.Migrations.MoveViews do
  use Ecto.Migration

  def change do
    alter table(:posts) do
      remove :views, :bigint
    end
  end
end
