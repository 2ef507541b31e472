defmodule Inkwell.Repo.Migrations.CreatePageViews do
  @moduledoc "Starts counting page views, one partition per month."
  use Ecto.Migration

  def up do
    execute "CREATE SCHEMA analytics"

    # Why: an old month goes in milliseconds by dropping its partition.
    create table(:page_views,
             prefix: "analytics",
             primary_key: false,
             options: "PARTITION BY RANGE (viewed_at)"
           ) do
      add :id, :bigserial, null: false, primary_key: true
      add :post_id, references(:posts, prefix: "blog", on_delete: :delete_all), null: false
      add :visitor_hash, :binary, null: false
      add :referrer, :string
      add :viewed_at, :utc_datetime, null: false, primary_key: true
    end

    create index(:page_views, [:post_id, :viewed_at],
             prefix: "analytics",
             comment: "Views of one post over time; also backs the foreign key to posts."
           )

    execute "CREATE TABLE analytics.page_views_default PARTITION OF analytics.page_views DEFAULT"
  end

  def down do
    drop table(:page_views, prefix: "analytics")
    execute "DROP SCHEMA analytics"
  end
end
