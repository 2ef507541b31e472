defmodule Inkwell.Repo.Migrations.DropAltTextFromMedia do
  use Ecto.Migration

  def change do
    alter table(:media, prefix: "blog") do
      remove :alt_text, :string
    end
  end
end
