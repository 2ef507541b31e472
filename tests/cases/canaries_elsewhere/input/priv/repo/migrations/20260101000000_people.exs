defmodule Shop.Repo.Migrations.People do
  use Ecto.Migration

  def up do
    create table(:people) do
      add :mail, :string, null: false
    end

    create unique_index(:people, [:mail])
    execute("INSERT INTO people (mail) VALUES ('canary-ecto-seed')")
  end

  def down, do: drop(table(:people))
end
