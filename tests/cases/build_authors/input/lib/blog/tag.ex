defmodule Blog.Tag do
  @moduledoc "Given by hand."
  use Ecto.Schema

  schema "tags" do
  end
end
