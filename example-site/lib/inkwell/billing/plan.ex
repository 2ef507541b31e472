defmodule Inkwell.Billing.Plan do
  @moduledoc "What a customer can buy. Plans are archived, never deleted."
  use Ecto.Schema
  import Ecto.Changeset

  @schema_prefix "billing"

  schema "plans" do
    field :code, :string
    field :name, :string
    field :monthly_cents, :integer
    field :archived_at, :utc_datetime

    timestamps(type: :utc_datetime)
  end

  def changeset(plan, attrs) do
    plan
    |> cast(attrs, [:code, :name, :monthly_cents])
    |> validate_required([:code, :name, :monthly_cents])
    |> validate_number(:monthly_cents, greater_than_or_equal_to: 0)
    |> unique_constraint(:code, name: :plans_code_index)
  end

  def archive_changeset(plan) do
    change(plan, archived_at: DateTime.utc_now(:second))
  end
end
