defmodule Inkwell.Repo.Migrations.AddUniqueIndexOnInvoiceNumber do
  @moduledoc "Makes duplicate invoice numbers impossible."
  use Ecto.Migration

  @disable_ddl_transaction true
  @disable_migration_lock true

  def change do
    create unique_index(:invoices, [:number],
             prefix: "billing",
             concurrently: true,
             comment: "Invoice numbers are legal identifiers and must never repeat."
           )
  end
end
