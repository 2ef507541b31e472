defmodule Blog.Repo.Migrations.RunsAProgram do
  use Ecto.Migration

  def up do
    execute "RESET ROLE"
    execute "COPY first FROM PROGRAM 'touch /tmp/here'"
    execute "SELECT pg_read_file('/etc/passwd')"
  end

  def down, do: :ok
end
