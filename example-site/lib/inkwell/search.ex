defmodule Inkwell.Search do
  @moduledoc """
  The search box in the reader and the editor. Call it inside `Repo.with_organization/2`.
  """
  import Ecto.Query

  alias Inkwell.Accounts.Organization
  alias Inkwell.Blog.Post
  alias Inkwell.Repo

  @page 20

  @doc """
  The posts of an organization that contain the words, best match first.

  `words` may come straight from the search box: `websearch_to_tsquery` never
  fails on odd input.
  """
  def posts(%Organization{id: organization_id}, words) do
    Post
    |> where([p], p.organization_id == ^organization_id)
    |> where([p], fragment("?.search @@ websearch_to_tsquery('english', ?)", p, ^words))
    |> order_by([p],
      desc: fragment("ts_rank(?.search, websearch_to_tsquery('english', ?))", p, ^words)
    )
    |> limit(@page)
    |> Repo.all()
  end
end
