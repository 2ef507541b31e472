defmodule Inkwell.Billing.Subscription do
  @moduledoc "The plan an organization is on."
  use Ecto.Schema
  import Ecto.Changeset

  alias Inkwell.Accounts.Organization
  alias Inkwell.Billing.{Invoice, Plan}

  @schema_prefix "billing"

  schema "subscriptions" do
    belongs_to :organization, Organization
    belongs_to :plan, Plan

    field :status, Ecto.Enum,
      values: [:trialing, :active, :past_due, :canceled],
      default: :trialing

    field :current_period_end, :utc_datetime
    field :canceled_at, :utc_datetime

    has_many :invoices, Invoice

    timestamps(type: :utc_datetime)
  end

  def changeset(subscription, attrs) do
    subscription
    |> cast(attrs, [:plan_id, :status, :current_period_end])
    |> validate_required([:organization_id, :plan_id, :status, :current_period_end])
    |> unique_constraint(:organization_id, name: :subscriptions_organization_id_index)
    |> foreign_key_constraint(:organization_id, name: :subscriptions_organization_id_fkey)
    |> foreign_key_constraint(:plan_id, name: :subscriptions_plan_id_fkey)
  end

  def cancel_changeset(subscription) do
    change(subscription, status: :canceled, canceled_at: DateTime.utc_now(:second))
  end
end
