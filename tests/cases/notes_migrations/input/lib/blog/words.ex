defmodule Blog.Words do
  defmacro __using__(_) do
    quote do
      @moduledoc "Of every schema."
      use Ecto.Schema
    end
  end
end

defmodule Blog.Post do
  use Blog.Words

  schema "posts" do
    field :title, :string
  end
end

defmodule Blog.Hidden do
  @moduledoc false
  use Ecto.Schema

  schema "posts" do
    field :title, :string
  end
end

defmodule Blog.Blank do
  @moduledoc "  "
  use Ecto.Schema

  schema "posts" do
    field :title, :string
  end
end

defmodule Blog.Elsewhere do
  @moduledoc "Not of any table."
  use Ecto.Schema

  schema "elsewhere" do
  end
end
