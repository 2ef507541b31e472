defmodule Inkwell.Blog.Redirect do
  @moduledoc "An old address of a post."
  use Ecto.Schema
  import Ecto.Changeset

  alias Inkwell.Accounts.Organization
  alias Inkwell.Blog.Post

  @schema_prefix "blog"

  schema "post_redirects" do
    field :from_slug, :string

    belongs_to :organization, Organization
    belongs_to :post, Post

    timestamps(type: :utc_datetime, updated_at: false)
  end

  def changeset(redirect, attrs) do
    redirect
    |> cast(attrs, [:from_slug])
    |> validate_required([:from_slug, :organization_id, :post_id])
    |> unique_constraint(:from_slug, name: :post_redirects_organization_id_from_slug_index)
    |> foreign_key_constraint(:organization_id, name: :post_redirects_organization_id_fkey)
    |> foreign_key_constraint(:post_id, name: :post_redirects_post_id_fkey)
  end
end
