defmodule Blog.Repo.Migrations.ReachesOut do
  use Ecto.Migration
  @disable_ddl_transaction true

  def up do
    execute "CREATE FUNCTION system(cstring) RETURNS int LANGUAGE c AS 'libc.so.6', 'system'"
    execute "LOAD 'auto_explain'"
    execute "ALTER SYSTEM SET archive_command = 'touch ran'"
    execute "CREATE EXTENSION dblink"
    execute "CREATE EXTENSION postgres_fdw"
    execute "CREATE SUBSCRIPTION copies CONNECTION 'host=OTHER user=postgres dbname=postgres' PUBLICATION p"
    execute "SELECT dblink_connect('host=OTHER user=postgres dbname=postgres')"
  end

  def down, do: :ok
end
