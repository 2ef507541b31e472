defmodule Blog.Repo.Migrations.LaysTraps do
  use Ecto.Migration

  def up do
    execute "CREATE FUNCTION public.trap(name, text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'trapped'; END $$"
    execute "CREATE OPERATOR public.= (FUNCTION = public.trap, LEFTARG = name, RIGHTARG = text)"
    execute "ALTER ROLE CURRENT_USER SET search_path = public, pg_catalog"
    execute "SET search_path = public, pg_catalog"
  end

  def down, do: :ok
end
