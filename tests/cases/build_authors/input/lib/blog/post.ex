defmodule Blog.Post do
  @moduledoc """
  What readers read.

  Kept for ever.
  """
  use Ecto.Schema

  schema "posts" do
    field :title, :string
    field :body, :string
  end
end
