defmodule Inkwell.Repo.Migrations.AddProfilesNameIndex do
  use Ecto.Migration

  # The table comes with this change: nobody waits while the index is built.
  def change do
    # Why: The list of authors is in the order of their names.
    create index(:profiles, [:name], prefix: "accounts")
  end
end
