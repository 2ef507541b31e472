defmodule Blog.Repo.Migrations.Fails do
  use Ecto.Migration

  def change do
    alter table(:nowhere) do
      add :x, :integer
    end
  end
end
