defmodule Inkwell.Repo.Migrations.WidenPaymentsAmount do
  @moduledoc "Makes room for payments above 21 million in a single currency unit."
  use Ecto.Migration

  def change do
    alter table(:payments, prefix: "billing") do
      modify :amount_cents, :bigint, from: :integer
    end
  end
end
