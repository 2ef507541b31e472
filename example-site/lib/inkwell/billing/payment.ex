defmodule Inkwell.Billing.Payment do
  @moduledoc "Money received for an invoice, as told by the payment provider."
  use Ecto.Schema
  import Ecto.Changeset

  alias Inkwell.Billing.Invoice

  @schema_prefix "billing"

  schema "payments" do
    field :provider_ref, :string
    field :amount_cents, :integer
    field :succeeded_at, :utc_datetime

    belongs_to :invoice, Invoice

    timestamps(type: :utc_datetime)
  end

  def changeset(payment, attrs) do
    payment
    |> cast(attrs, [:provider_ref, :amount_cents, :succeeded_at])
    |> validate_required([:provider_ref, :amount_cents, :invoice_id])
    |> validate_number(:amount_cents, greater_than: 0)
    |> unique_constraint(:provider_ref, name: :payments_provider_ref_index)
    |> foreign_key_constraint(:invoice_id, name: :payments_invoice_id_fkey)
  end
end
