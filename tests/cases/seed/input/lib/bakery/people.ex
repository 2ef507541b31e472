defmodule Bakery.People do
  import Ecto.Query

  alias Bakery.Orders.Order
  alias Bakery.People.Customer
  alias Bakery.Repo

  # Good: a page at a time.
  def recent(page \\ 1, size \\ 20) do
    skipped = (page - 1) * size
    Repo.all(from c in Customer, order_by: [desc: c.inserted_at], limit: ^size, offset: ^skipped)
  end

  # Good: the database counts.
  def figures(id) do
    from(c in Customer,
      where: c.id == ^id,
      select: %{count: count(c.id), oldest: max(c.age)},
      group_by: [c.id]
    )
    |> Repo.one()
  end

  def with_orders do
    customers = Repo.all(Customer)

    Enum.map(customers, fn customer ->
      orders = Repo.all(from o in Order, where: o.customer_id == ^customer.id)
      %{customer: customer, orders: orders}
    end)
  end

  def with_orders_at_once do
    Customer |> Repo.all() |> Repo.preload(:orders)
  end
end
