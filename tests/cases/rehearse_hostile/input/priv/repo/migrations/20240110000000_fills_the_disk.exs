defmodule Blog.Repo.Migrations.FillsTheDisk do
  use Ecto.Migration

  def up, do: execute "INSERT INTO first SELECT generate_series(1, 1000000000)"

  def down, do: :ok
end
