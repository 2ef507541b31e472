defmodule Inkwell.Repo.Migrations.AddCoverMediaToPosts do
  @moduledoc "Gives posts a cover picture."
  use Ecto.Migration

  def change do
    alter table(:posts, prefix: "blog") do
      add :cover_media_id, references(:media, prefix: "blog", on_delete: :nilify_all)
    end

    create index(:posts, [:cover_media_id], prefix: "blog")
  end
end
