defmodule Inkwell.Repo.Migrations.AddPageViewsPartition202605 do
  use Ecto.Migration

  def up do
    execute "CREATE TABLE analytics.page_views_2026_05 PARTITION OF analytics.page_views " <>
              "FOR VALUES FROM ('2026-05-01') TO ('2026-06-01')"
  end

  def down do
    execute "DROP TABLE analytics.page_views_2026_05"
  end
end
