defmodule Inkwell.Accounts.User do
  @moduledoc "A person who can sign in."
  use Ecto.Schema
  import Ecto.Changeset

  alias Inkwell.Accounts.{Membership, UserToken}
  alias Inkwell.Blog.Post

  @schema_prefix "accounts"

  schema "users" do
    field :email, :string
    field :hashed_password, :string, redact: true
    field :display_name, :string
    field :confirmed_at, :utc_datetime

    has_many :memberships, Membership
    has_many :organizations, through: [:memberships, :organization]
    has_many :tokens, UserToken
    has_many :posts, Post, foreign_key: :author_id

    timestamps(type: :utc_datetime)
  end

  @doc "`hashed_password` is an Argon2id hash; the plain password never gets here."
  def registration_changeset(user, attrs) do
    user
    |> cast(attrs, [:email, :hashed_password, :display_name])
    |> validate_required([:email, :hashed_password, :display_name])
    |> validate_format(:email, ~r/^[^\s@]+@[^\s@]+$/)
    |> unique_constraint(:email, name: :users_email_index)
  end

  def confirm_changeset(user) do
    change(user, confirmed_at: DateTime.utc_now(:second))
  end

  @doc "A person who wrote posts cannot be deleted."
  def delete_changeset(user) do
    user
    |> change()
    |> no_assoc_constraint(:posts, name: :posts_author_id_fkey)
  end
end
