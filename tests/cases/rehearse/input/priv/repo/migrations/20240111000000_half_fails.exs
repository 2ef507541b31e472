defmodule Blog.Repo.Migrations.HalfFails do
  use Ecto.Migration

  @disable_ddl_transaction true

  def up do
    execute "CREATE TABLE half (id int)"
    execute "CREATE TABLE half (id int)"
  end

  def down do
    execute "DROP TABLE half"
  end
end
