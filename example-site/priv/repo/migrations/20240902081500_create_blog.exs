defmodule Inkwell.Repo.Migrations.CreateBlog do
  @moduledoc "Creates the blog schema with its first five tables."
  use Ecto.Migration

  def up do
    execute "CREATE SCHEMA blog"

    create table(:media, prefix: "blog") do
      add :organization_id, references(:organizations, prefix: "accounts"), null: false
      add :storage_key, :string, null: false
      add :content_type, :string, null: false
      add :byte_size, :bigint, null: false
      add :alt_text, :string
      timestamps(type: :utc_datetime)
    end

    create unique_index(:media, [:storage_key],
             prefix: "blog",
             comment:
               "An object in the bucket belongs to one row; upload retries must not create a second one."
           )

    create index(:media, [:organization_id],
             prefix: "blog",
             comment: "Media library of one organization."
           )

    create table(:posts, prefix: "blog") do
      add :organization_id, references(:organizations, prefix: "accounts"), null: false
      add :author_id, references(:users, prefix: "accounts"), null: false
      add :title, :string, null: false
      add :slug, :string, null: false
      add :permalink, :string, comment: "Path on the old site."
      add :excerpt, :string, size: 280
      add :body, :text, null: false
      add :published_at, :utc_datetime
      add :view_count, :integer, null: false, default: 0
      timestamps(type: :utc_datetime)
    end

    create unique_index(:posts, [:organization_id, :slug],
             prefix: "blog",
             comment:
               "A post's public address is organization + slug. Must be unique, and every page view reads it."
           )

    create table(:comments, prefix: "blog") do
      add :post_id, references(:posts, prefix: "blog", on_delete: :delete_all), null: false
      add :author_id, references(:users, prefix: "accounts", on_delete: :nilify_all)
      add :body, :text, null: false
      add :approved_at, :utc_datetime
      timestamps(type: :utc_datetime)
    end

    create index(:comments, [:post_id, :inserted_at],
             prefix: "blog",
             comment: "Preloads the comments of a post in reading order without a sort."
           )

    create table(:tags, prefix: "blog") do
      add :organization_id,
          references(:organizations, prefix: "accounts", on_delete: :delete_all),
          null: false

      add :name, :citext, null: false
      timestamps(type: :utc_datetime, updated_at: false)
    end

    create unique_index(:tags, [:organization_id, :name],
             prefix: "blog",
             comment: "Tag names are unique inside an organization; feeds the tag picker."
           )

    create table(:post_tags, prefix: "blog", primary_key: false) do
      add :post_id, references(:posts, prefix: "blog", on_delete: :delete_all),
        null: false,
        primary_key: true

      add :tag_id, references(:tags, prefix: "blog", on_delete: :delete_all),
        null: false,
        primary_key: true
    end

    create index(:post_tags, [:tag_id],
             prefix: "blog",
             comment:
               "Tag page: posts with one tag. The primary key starts with post_id and cannot serve it."
           )
  end

  def down do
    drop table(:post_tags, prefix: "blog")
    drop table(:tags, prefix: "blog")
    drop table(:comments, prefix: "blog")
    drop table(:posts, prefix: "blog")
    drop table(:media, prefix: "blog")
    execute "DROP SCHEMA blog"
  end
end
