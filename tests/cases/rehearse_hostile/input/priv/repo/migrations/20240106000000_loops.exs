defmodule Blog.Repo.Migrations.Loops do
  use Ecto.Migration

  def up do
    execute "SET statement_timeout = 0"
    execute "DO $$ BEGIN LOOP END LOOP; END $$"
  end

  def down, do: :ok
end
