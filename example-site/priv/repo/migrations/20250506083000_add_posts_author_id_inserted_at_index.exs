defmodule Inkwell.Repo.Migrations.AddPostsAuthorIdInsertedAtIndex do
  @moduledoc "Lets the author dashboard stop after 25 rows instead of sorting thousands."
  use Ecto.Migration

  @disable_ddl_transaction true
  @disable_migration_lock true

  def change do
    # Why: the dashboard lists an author's posts newest first, 25 at a time.
    # With `author_id` alone PostgreSQL read every post of the author and
    # sorted them; two house accounts own more than 5,000 posts each.
    # The second column keeps the rows in display order, so the page
    # stops reading after 25 rows.
    create index(:posts, [:author_id, "inserted_at DESC"],
             name: :posts_author_id_inserted_at_index,
             prefix: "blog",
             concurrently: true,
             comment: "Dashboard: an author's posts, newest first, without a sort."
           )
  end
end
