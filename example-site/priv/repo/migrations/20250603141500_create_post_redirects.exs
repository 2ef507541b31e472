defmodule Inkwell.Repo.Migrations.CreatePostRedirects do
  @moduledoc "Keeps old addresses working when a slug changes."
  use Ecto.Migration

  def change do
    create table(:post_redirects, prefix: "blog") do
      add :organization_id, references(:organizations, prefix: "accounts"), null: false
      add :from_slug, :string, null: false
      add :post_id, references(:posts, prefix: "blog", on_delete: :delete_all), null: false
      timestamps(type: :utc_datetime, updated_at: false)
    end

    create unique_index(:post_redirects, [:organization_id, :from_slug],
             prefix: "blog",
             comment: "An old address leads to one post."
           )
  end
end
