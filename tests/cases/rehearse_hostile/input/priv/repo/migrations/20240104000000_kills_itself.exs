defmodule Blog.Repo.Migrations.KillsItself do
  use Ecto.Migration

  def up, do: execute "SELECT pg_terminate_backend(pg_backend_pid())"

  def down, do: :ok
end
