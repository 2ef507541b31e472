defmodule Blog.Repo.Migrations.WidenViews do
  use Ecto.Migration

  def change do
    alter table(:posts) do
      modify :views, :bigint, from: :integer
    end
  end
end
