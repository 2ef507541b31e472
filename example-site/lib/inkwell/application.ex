defmodule Inkwell.Application do
  @moduledoc false
  use Application

  @impl true
  def start(_type, _args) do
    Supervisor.start_link([Inkwell.Repo], strategy: :one_for_one, name: Inkwell.Supervisor)
  end
end
