defmodule Inkwell.Blog.Media do
  @moduledoc "A file in the bucket. The bytes are never stored in PostgreSQL."
  use Ecto.Schema
  import Ecto.Changeset

  alias Inkwell.Accounts.Organization

  @schema_prefix "blog"

  schema "media" do
    field :storage_key, :string
    field :content_type, :string
    field :byte_size, :integer
    field :alt_text, :string

    belongs_to :organization, Organization

    timestamps(type: :utc_datetime)
  end

  def changeset(media, attrs) do
    media
    |> cast(attrs, [:storage_key, :content_type, :byte_size, :alt_text])
    |> validate_required([:storage_key, :content_type, :byte_size, :organization_id])
    |> validate_number(:byte_size, greater_than: 0)
    |> unique_constraint(:storage_key, name: :media_storage_key_index)
    |> foreign_key_constraint(:organization_id, name: :media_organization_id_fkey)
  end
end
