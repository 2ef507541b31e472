defmodule Bakery.Repo.Migrations.CreateSuppliers do
  use Ecto.Migration

  def change do
    create table(:suppliers) do
      add :name, :string
      add :inserted_at, :naive_datetime
      add :updated_at, :naive_datetime

      timestamps()
    end
  end
end
