defmodule Inkwell.Billing do
  @moduledoc "Plans, subscriptions, invoices and payments."
  import Ecto.Query

  alias Inkwell.Accounts.Organization
  alias Inkwell.Billing.{Invoice, Payment, Plan, Subscription}
  alias Inkwell.Repo

  @history_page 24

  @doc "The plan a checkout link names."
  def get_plan_by_code!(code) do
    Repo.get_by!(Plan, code: code)
  end

  @doc "The one subscription of an organization that is not canceled, or nil."
  def get_live_subscription(%Organization{id: organization_id}) do
    Subscription
    |> where([s], s.organization_id == ^organization_id and is_nil(s.canceled_at))
    |> preload(:plan)
    |> Repo.one()
  end

  def subscribe(%Organization{} = organization, %Plan{} = plan, current_period_end) do
    %Subscription{organization_id: organization.id}
    |> Subscription.changeset(%{plan_id: plan.id, current_period_end: current_period_end})
    |> Repo.insert()
  end

  def cancel(%Subscription{} = subscription) do
    subscription
    |> Subscription.cancel_changeset()
    |> Repo.update()
  end

  @doc "The billing history of a subscription, newest first."
  def list_invoices(%Subscription{id: subscription_id}) do
    Invoice
    |> where([i], i.subscription_id == ^subscription_id)
    |> order_by([i], desc: i.issued_on)
    |> limit(@history_page)
    |> Repo.all()
  end

  @doc "One invoice with its lines and payments: three queries."
  def get_invoice_by_number!(number) do
    Invoice
    |> where([i], i.number == ^number)
    |> preload([:lines, :payments])
    |> Repo.one!()
  end

  @doc "Writes an invoice and its lines in one transaction."
  def issue_invoice(%Subscription{} = subscription, attrs) do
    %Invoice{subscription_id: subscription.id}
    |> Invoice.changeset(attrs)
    |> Repo.insert()
  end

  @doc """
  Records what the payment provider reports.

  The provider repeats its webhooks. The second one changes nothing.
  """
  def record_payment(%Invoice{} = invoice, attrs) do
    %Payment{invoice_id: invoice.id}
    |> Payment.changeset(attrs)
    |> Repo.insert(on_conflict: :nothing, conflict_target: :provider_ref)
  end
end
