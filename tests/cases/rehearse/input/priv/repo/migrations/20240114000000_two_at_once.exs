defmodule Blog.Repo.Migrations.TwoAtOnce do
  use Ecto.Migration

  def change do
    execute "CREATE TABLE one (id int); CREATE TABLE two (id int)", ""
  end
end
