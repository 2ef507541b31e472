defmodule Inkwell.Billing.InvoiceLine do
  @moduledoc "One line of an invoice. Written with the invoice, never alone."
  use Ecto.Schema
  import Ecto.Changeset

  alias Inkwell.Billing.Invoice

  @schema_prefix "billing"

  schema "invoice_lines" do
    field :description, :string
    field :quantity, :integer, default: 1
    field :unit_cents, :integer

    belongs_to :invoice, Invoice
  end

  def changeset(line, attrs) do
    line
    |> cast(attrs, [:description, :quantity, :unit_cents])
    |> validate_required([:description, :quantity, :unit_cents])
    |> validate_number(:quantity, greater_than: 0)
    |> foreign_key_constraint(:invoice_id, name: :invoice_lines_invoice_id_fkey)
  end
end
