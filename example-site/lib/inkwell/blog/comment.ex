defmodule Inkwell.Blog.Comment do
  @moduledoc "A reader's comment. A comment may answer another comment."
  use Ecto.Schema
  import Ecto.Changeset

  alias Inkwell.Accounts.User
  alias Inkwell.Blog.Post

  @schema_prefix "blog"

  schema "comments" do
    field :body, :string
    field :approved_at, :utc_datetime

    belongs_to :post, Post
    belongs_to :author, User
    belongs_to :parent, __MODULE__
    has_many :replies, __MODULE__, foreign_key: :parent_id

    timestamps(type: :utc_datetime)
  end

  def changeset(comment, attrs) do
    comment
    |> cast(attrs, [:body, :parent_id])
    |> validate_required([:body, :post_id])
    |> foreign_key_constraint(:post_id, name: :comments_post_id_fkey)
    |> foreign_key_constraint(:author_id, name: :comments_author_id_fkey)
    |> foreign_key_constraint(:parent_id, name: :comments_parent_id_fkey)
  end

  def approve_changeset(comment) do
    change(comment, approved_at: DateTime.utc_now(:second))
  end
end
