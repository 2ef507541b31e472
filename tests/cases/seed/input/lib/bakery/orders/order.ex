defmodule Bakery.Orders.Order do
  use Ecto.Schema

  schema "orders" do
    field :customer_id, :id
    field :status, :string

    timestamps()
  end
end
