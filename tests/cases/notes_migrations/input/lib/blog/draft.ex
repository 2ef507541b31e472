defmodule Blog.Draft do
  @moduledoc """
  What an author has **not** shown yet, see [posts](table:public.posts).

  The import reads from postgres://u:geheim@h/d. <script>alert(1)</script>
  """
  use Ecto.Schema

  schema "drafts" do
  end
end
