defmodule Inkwell.Repo.Migrations.AddPageViewsPartitions2026 do
  @moduledoc "Adds the page view partitions for January to April 2026."
  use Ecto.Migration

  @months [
    {"2026_01", "2026-01-01", "2026-02-01"},
    {"2026_02", "2026-02-01", "2026-03-01"},
    {"2026_03", "2026-03-01", "2026-04-01"},
    {"2026_04", "2026-04-01", "2026-05-01"}
  ]

  def up do
    for {name, from, to} <- @months do
      execute "CREATE TABLE analytics.page_views_#{name} PARTITION OF analytics.page_views " <>
                "FOR VALUES FROM ('#{from}') TO ('#{to}')"
    end
  end

  def down do
    for {name, _from, _to} <- @months do
      execute "DROP TABLE analytics.page_views_#{name}"
    end
  end
end
