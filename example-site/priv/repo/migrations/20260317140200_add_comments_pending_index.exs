defmodule Inkwell.Repo.Migrations.AddCommentsPendingIndex do
  @moduledoc "Makes the moderation queue instant."
  use Ecto.Migration

  @disable_ddl_transaction true
  @disable_migration_lock true

  def change do
    create index(:comments, [:inserted_at],
             name: :comments_pending_index,
             prefix: "blog",
             where: "approved_at IS NULL",
             concurrently: true,
             comment: "Moderation queue: comments nobody has approved yet, oldest first."
           )
  end
end
