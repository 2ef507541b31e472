defmodule Inkwell.Repo do
  @moduledoc "The one database of Inkwell."
  use Ecto.Repo, otp_app: :inkwell, adapter: Ecto.Adapters.Postgres

  @doc """
  Runs `fun` in a transaction that sees only the posts of `organization`.

  `fun` returns `{:ok, value}` or `{:error, reason}`, as for `transact/2`. The policy
  `posts_same_organization` reads the setting; without it PostgreSQL refuses to
  read posts at all.
  """
  def with_organization(%{id: id}, fun) do
    transact(fn ->
      query!("SELECT set_config('inkwell.organization_id', $1, true)", [Integer.to_string(id)])
      fun.()
    end)
  end
end
