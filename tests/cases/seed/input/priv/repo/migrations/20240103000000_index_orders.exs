defmodule Bakery.Repo.Migrations.IndexOrders do
  use Ecto.Migration

  def change do
    create index(:orders, ["(customer_id, status)", :updated_at])
  end
end
