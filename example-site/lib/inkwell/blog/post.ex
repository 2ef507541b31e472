defmodule Inkwell.Blog.Post do
  @moduledoc """
  One row per post, from first draft to archive.

  The column `search` is no field: PostgreSQL fills it, and only
  `Inkwell.Search` reads it.
  """
  use Ecto.Schema
  import Ecto.Changeset

  alias Inkwell.Accounts.{Organization, User}
  alias Inkwell.Blog.{Comment, Media, Redirect, Tag}

  @schema_prefix "blog"

  schema "posts" do
    belongs_to :organization, Organization
    belongs_to :author, User

    field :title, :string
    field :slug, :string
    field :excerpt, :string
    field :body, :string
    field :published_at, :utc_datetime
    field :view_count, :integer, default: 0
    field :status, Ecto.Enum, values: [:draft, :in_review, :published, :archived], default: :draft

    belongs_to :cover_media, Media
    has_many :comments, Comment, preload_order: [asc: :inserted_at]
    has_many :redirects, Redirect
    many_to_many :tags, Tag, join_through: "post_tags", on_replace: :delete

    timestamps(type: :utc_datetime)
  end

  def changeset(post, attrs) do
    post
    |> cast(attrs, [:title, :slug, :excerpt, :body, :status, :cover_media_id])
    |> validate_required([:title, :slug, :body, :status, :organization_id, :author_id])
    |> validate_length(:excerpt, max: 280)
    |> put_published_at()
    |> unique_constraint(:slug, name: :posts_organization_id_slug_index)
    |> check_constraint(:status, name: :posts_status_must_be_known)
    |> foreign_key_constraint(:organization_id, name: :posts_organization_id_fkey)
    |> foreign_key_constraint(:author_id, name: :posts_author_id_fkey)
    |> foreign_key_constraint(:cover_media_id, name: :posts_cover_media_id_fkey)
  end

  # The first publication counts; archiving and publishing again keep the date.
  defp put_published_at(changeset) do
    if get_change(changeset, :status) == :published and
         is_nil(get_field(changeset, :published_at)) do
      put_change(changeset, :published_at, DateTime.utc_now(:second))
    else
      changeset
    end
  end
end
