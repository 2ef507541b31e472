defmodule Inkwell.Repo.Migrations.AddCommentThreads do
  @moduledoc "Lets comments answer other comments."
  use Ecto.Migration

  def change do
    alter table(:comments, prefix: "blog") do
      add :parent_id, references(:comments, prefix: "blog", on_delete: :delete_all)
    end

    create index(:comments, [:parent_id],
             prefix: "blog",
             comment:
               "Deleting a comment removes its replies; without this each delete scans the table."
           )
  end
end
