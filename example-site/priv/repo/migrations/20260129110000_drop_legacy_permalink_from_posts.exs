defmodule Inkwell.Repo.Migrations.DropLegacyPermalinkFromPosts do
  @moduledoc "Removes the address from the old site. Its down does not bring everything back."
  use Ecto.Migration

  def change do
    alter table(:posts, prefix: "blog") do
      remove :permalink, :string
    end
  end
end
