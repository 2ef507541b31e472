defmodule Inkwell.Repo.Migrations.AddCanonicalUrlToPosts do
  @moduledoc "Posts that appeared elsewhere first say where."
  use Ecto.Migration

  def change do
    alter table(:posts, prefix: "blog") do
      add :canonical_url, :string, comment: "Where the post appeared first; NULL: here."
    end
  end
end
