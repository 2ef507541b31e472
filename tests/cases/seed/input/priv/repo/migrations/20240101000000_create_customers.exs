defmodule Bakery.Repo.Migrations.CreateCustomers do
  use Ecto.Migration

  def change do
    create table(:customers) do
      add :email, :string, null: false
      add :password_hash, :string
      add :name, :string
      add :age, :integer

      timestamps()
    end

    create unique_index(:customers, [:email])

    # Partial index for searches by name and age
    create index(:customers, [:name, :age])

    create table(:orders) do
      add :customer_id, :bigint
      add :status, :string

      timestamps()
    end
  end
end
