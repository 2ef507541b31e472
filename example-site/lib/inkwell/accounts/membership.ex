defmodule Inkwell.Accounts.Membership do
  @moduledoc "Who may write for which organization, and in what role."
  use Ecto.Schema
  import Ecto.Changeset

  alias Inkwell.Accounts.{Organization, User}

  @schema_prefix "accounts"
  @roles ~w(writer editor owner)

  schema "memberships" do
    field :role, :string, default: "writer"

    belongs_to :organization, Organization
    belongs_to :user, User

    timestamps(type: :utc_datetime)
  end

  def changeset(membership, attrs) do
    membership
    |> cast(attrs, [:role])
    |> validate_required([:role, :organization_id, :user_id])
    |> validate_inclusion(:role, @roles)
    |> unique_constraint([:organization_id, :user_id],
      name: :memberships_organization_id_user_id_index
    )
    |> foreign_key_constraint(:organization_id, name: :memberships_organization_id_fkey)
    |> foreign_key_constraint(:user_id, name: :memberships_user_id_fkey)
  end
end
