defmodule Blog.Repo.Migrations.Raise do
  use Ecto.Migration

  def up, do: execute("DO $$ BEGIN RAISE EXCEPTION 'no way to postgresql://teller:geheim@bank/till'; END $$")
  def down, do: :ok
end
