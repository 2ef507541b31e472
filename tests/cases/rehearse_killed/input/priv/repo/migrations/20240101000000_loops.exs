defmodule Blog.Repo.Migrations.Loops do
  use Ecto.Migration

  def up, do: execute("DO $$ BEGIN LOOP END LOOP; END $$")
  def down, do: :ok
end
