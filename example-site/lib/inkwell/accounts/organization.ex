defmodule Inkwell.Accounts.Organization do
  @moduledoc "A publication or a team."
  use Ecto.Schema
  import Ecto.Changeset

  alias Inkwell.Accounts.{Membership, User}
  alias Inkwell.Billing.Subscription
  alias Inkwell.Blog.{Media, Post}

  @schema_prefix "accounts"

  schema "organizations" do
    field :name, :string
    field :slug, :string

    has_many :memberships, Membership
    has_many :posts, Post
    has_many :media, Media
    has_many :subscriptions, Subscription
    many_to_many :members, User, join_through: Membership

    timestamps(type: :utc_datetime)
  end

  def changeset(organization, attrs) do
    organization
    |> cast(attrs, [:name, :slug])
    |> validate_required([:name, :slug])
    |> validate_format(:slug, ~r/^[a-z0-9-]+$/i)
    |> unique_constraint(:slug, name: :organizations_slug_index)
  end
end
