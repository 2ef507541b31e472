defmodule Blog.Repo.Migrations.DropsDatabase do
  use Ecto.Migration

  @disable_ddl_transaction true
  def up, do: execute "DROP DATABASE dbdoc_1"

  def down, do: :ok
end
