defmodule Blog.Repo.Migrations.KillsOthers do
  use Ecto.Migration

  def up, do: execute "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND usename = current_user"

  def down, do: :ok
end
