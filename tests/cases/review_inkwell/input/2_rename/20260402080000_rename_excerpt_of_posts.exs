defmodule Inkwell.Repo.Migrations.RenameExcerptOfPosts do
  use Ecto.Migration

  def change do
    rename table(:posts, prefix: "blog"), :excerpt, to: :summary
  end
end
