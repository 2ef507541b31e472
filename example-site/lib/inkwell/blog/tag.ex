defmodule Inkwell.Blog.Tag do
  @moduledoc "A label for posts, private to one organization."
  use Ecto.Schema
  import Ecto.Changeset

  alias Inkwell.Accounts.Organization
  alias Inkwell.Blog.Post

  @schema_prefix "blog"

  schema "tags" do
    field :name, :string

    belongs_to :organization, Organization
    many_to_many :posts, Post, join_through: "post_tags"

    timestamps(type: :utc_datetime, updated_at: false)
  end

  def changeset(tag, attrs) do
    tag
    |> cast(attrs, [:name])
    |> validate_required([:name, :organization_id])
    |> unique_constraint(:name, name: :tags_organization_id_name_index)
    |> foreign_key_constraint(:organization_id, name: :tags_organization_id_fkey)
  end
end
