defmodule Inkwell.Accounts.UserToken do
  @moduledoc "Session, confirmation and password-reset tokens."
  use Ecto.Schema
  import Ecto.Changeset

  alias Inkwell.Accounts.User

  @schema_prefix "accounts"
  @contexts ~w(session confirm reset_password)

  schema "user_tokens" do
    field :token, :binary, redact: true
    field :context, :string
    field :sent_to, :string

    belongs_to :user, User

    timestamps(type: :utc_datetime, updated_at: false)
  end

  def changeset(user_token, attrs) do
    user_token
    |> cast(attrs, [:token, :context, :sent_to])
    |> validate_required([:token, :context, :user_id])
    |> validate_inclusion(:context, @contexts)
    |> unique_constraint([:context, :token], name: :user_tokens_context_token_index)
    |> foreign_key_constraint(:user_id, name: :user_tokens_user_id_fkey)
  end
end
