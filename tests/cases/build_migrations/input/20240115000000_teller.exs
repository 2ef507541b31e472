defmodule Blog.Repo.Migrations.Teller do
  use Ecto.Migration

  def up, do: execute("CREATE ROLE teller PASSWORD E'geheim'")
  def down, do: execute("DROP ROLE teller")
end
