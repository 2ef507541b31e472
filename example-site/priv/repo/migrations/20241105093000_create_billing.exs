defmodule Inkwell.Repo.Migrations.CreateBilling do
  @moduledoc "Creates the billing schema with its five tables."
  use Ecto.Migration

  def up do
    execute "CREATE SCHEMA billing"

    execute "CREATE TYPE billing.subscription_status AS ENUM ('trialing', 'active', 'past_due', 'canceled')"

    create table(:plans,
             prefix: "billing",
             comment:
               "What a customer can buy. Plans are archived, never deleted, because invoices refer to them."
           ) do
      add :code, :string, null: false
      add :name, :string, null: false
      add :monthly_cents, :integer, null: false
      add :archived_at, :utc_datetime
      timestamps(type: :utc_datetime)
    end

    create unique_index(:plans, [:code],
             prefix: "billing",
             comment: "Plan codes appear in checkout links and must stay unique."
           )

    create table(:subscriptions,
             prefix: "billing",
             comment: "The plan an organization is on. At most one live subscription each."
           ) do
      add :organization_id, references(:organizations, prefix: "accounts"), null: false
      add :plan_id, references(:plans, prefix: "billing"), null: false
      add :status, :"billing.subscription_status", null: false, default: "trialing"
      add :current_period_end, :utc_datetime, null: false
      add :canceled_at, :utc_datetime
      timestamps(type: :utc_datetime)
    end

    create unique_index(:subscriptions, [:organization_id],
             prefix: "billing",
             where: "canceled_at IS NULL",
             comment: "An organization has at most one live subscription."
           )

    create index(:subscriptions, [:plan_id], prefix: "billing")

    create table(:invoices,
             prefix: "billing",
             comment: "One bill. The number is a legal identifier and never changes."
           ) do
      add :subscription_id, references(:subscriptions, prefix: "billing"), null: false
      add :number, :string, null: false, comment: "Legal identifier, for example `INK-004211`."
      add :issued_on, :date, null: false
      add :due_on, :date, null: false
      add :total_cents, :integer, null: false, comment: "Sum of the lines, in cents."
      add :paid_at, :utc_datetime
      timestamps(type: :utc_datetime)
    end

    create index(:invoices, [:subscription_id, :issued_on],
             prefix: "billing",
             comment: "Billing history, newest first."
           )

    create table(:invoice_lines, prefix: "billing", comment: "The lines of an invoice.") do
      add :invoice_id, references(:invoices, prefix: "billing", on_delete: :delete_all),
        null: false

      add :description, :string, null: false
      add :quantity, :integer, null: false, default: 1
      add :unit_cents, :integer, null: false
    end

    create table(:payments,
             prefix: "billing",
             comment: "Money received for an invoice, as told by the payment provider."
           ) do
      add :invoice_id, references(:invoices, prefix: "billing"), null: false
      add :provider_ref, :string, null: false
      add :amount_cents, :integer, null: false
      add :succeeded_at, :utc_datetime
      timestamps(type: :utc_datetime)
    end

    create unique_index(:payments, [:provider_ref],
             prefix: "billing",
             comment:
               "The payment provider repeats webhooks; the second one must hit this constraint."
           )

    create index(:payments, [:invoice_id],
             prefix: "billing",
             comment: "Preloads the payments of an invoice."
           )
  end

  def down do
    drop table(:payments, prefix: "billing")
    drop table(:invoice_lines, prefix: "billing")
    drop table(:invoices, prefix: "billing")
    drop table(:subscriptions, prefix: "billing")
    drop table(:plans, prefix: "billing")
    execute "DROP TYPE billing.subscription_status"
    execute "DROP SCHEMA billing"
  end
end
