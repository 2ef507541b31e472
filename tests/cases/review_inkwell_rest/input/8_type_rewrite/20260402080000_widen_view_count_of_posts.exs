defmodule Inkwell.Repo.Migrations.WidenViewCountOfPosts do
  use Ecto.Migration

  def change do
    alter table(:posts, prefix: "blog") do
      modify :view_count, :bigint, from: :integer
    end
  end
end
