defmodule Bakery.People.Customer do
  @moduledoc "Who buys bread, with or without an account."
  use Ecto.Schema
  import Ecto.Changeset

  schema "customers" do
    field :email, :string, null: false
    field :password_hash, :string
    field :name, :string
    field :age, :integer

    has_many :orders, Bakery.Orders.Order

    timestamps()
  end

  def changeset(customer, attrs) do
    customer
    |> cast(attrs, [:email, :password_hash, :name, :age])
    |> validate_required([:email, :password_hash])
    |> unique_constraint(:email)
    |> validate_number(:age, greater_than_or_equal_to: 18)
  end
end
