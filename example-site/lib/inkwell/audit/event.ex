defmodule Inkwell.Audit.Event do
  @moduledoc """
  One change to a watched table. Triggers write these rows, the application
  only reads them: there is no changeset.
  """
  use Ecto.Schema

  @schema_prefix "audit"

  schema "events" do
    field :actor_id, :integer
    field :schema_name, :string
    field :table_name, :string
    field :row_id, :integer
    field :action, :string
    field :changes, :map
    field :inserted_at, :utc_datetime_usec
  end
end
