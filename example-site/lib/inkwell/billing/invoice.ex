defmodule Inkwell.Billing.Invoice do
  @moduledoc "One bill. Its number is a legal identifier and never changes."
  use Ecto.Schema
  import Ecto.Changeset

  alias Inkwell.Billing.{InvoiceLine, Payment, Subscription}

  @schema_prefix "billing"

  schema "invoices" do
    field :number, :string
    field :issued_on, :date
    field :due_on, :date
    field :total_cents, :integer
    field :paid_at, :utc_datetime

    belongs_to :subscription, Subscription
    has_many :lines, InvoiceLine
    has_many :payments, Payment

    timestamps(type: :utc_datetime)
  end

  def changeset(invoice, attrs) do
    invoice
    |> cast(attrs, [:number, :issued_on, :due_on, :total_cents])
    |> validate_required([:number, :issued_on, :due_on, :total_cents, :subscription_id])
    |> cast_assoc(:lines, required: true)
    |> unique_constraint(:number, name: :invoices_number_index)
    |> foreign_key_constraint(:subscription_id, name: :invoices_subscription_id_fkey)
  end

  def paid_changeset(invoice) do
    change(invoice, paid_at: DateTime.utc_now(:second))
  end
end
