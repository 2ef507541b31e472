defmodule Inkwell.Repo.Migrations.CreateDailyPostStats do
  @moduledoc "Adds daily totals so that charts no longer scan page views."
  use Ecto.Migration

  def change do
    create table(:daily_post_stats, prefix: "analytics", primary_key: false) do
      add :post_id, references(:posts, prefix: "blog", on_delete: :delete_all), primary_key: true
      add :day, :date, primary_key: true
      add :views, :integer, null: false, default: 0
      add :visitors, :integer, null: false, default: 0
    end

    create index(:daily_post_stats, [:day], prefix: "analytics")
  end
end
