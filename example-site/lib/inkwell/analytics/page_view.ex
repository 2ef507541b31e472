defmodule Inkwell.Analytics.PageView do
  @moduledoc "One page view. The table is split by month on `viewed_at`."
  use Ecto.Schema
  import Ecto.Changeset

  alias Inkwell.Blog.Post

  @schema_prefix "analytics"
  @primary_key false

  schema "page_views" do
    field :id, :id, primary_key: true, autogenerate: true
    field :viewed_at, :utc_datetime, primary_key: true
    field :visitor_hash, :binary
    field :referrer, :string

    belongs_to :post, Post
  end

  def changeset(page_view, attrs) do
    page_view
    |> cast(attrs, [:viewed_at, :visitor_hash, :referrer])
    |> validate_required([:viewed_at, :visitor_hash, :post_id])
    |> validate_length(:referrer, max: 255)
    |> foreign_key_constraint(:post_id, name: :page_views_post_id_fkey)
  end
end
