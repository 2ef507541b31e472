defmodule Inkwell.Repo.Migrations.AddStatusToPosts do
  @moduledoc "Replaces the implicit draft/published rule with an explicit status, so that posts can be in review or archived."
  use Ecto.Migration

  def up do
    # Why: editors asked for "in review" and "archived". Until now a post
    # was published when `published_at` was set and a draft otherwise.
    alter table(:posts, prefix: "blog") do
      add :status, :text, null: false, default: "draft"
    end

    create constraint(:posts, :posts_status_must_be_known,
             prefix: "blog",
             check: "status IN ('draft', 'in_review', 'published', 'archived')"
           )

    execute """
    UPDATE blog.posts SET status = 'published'
     WHERE published_at IS NOT NULL
    """

    create index(:posts, [:organization_id, :published_at],
             name: :posts_published_index,
             prefix: "blog",
             where: "status = 'published'",
             comment: "Public home page of an organization: published posts by date."
           )
  end

  def down do
    drop index(:posts, [], name: :posts_published_index, prefix: "blog")
    drop constraint(:posts, :posts_status_must_be_known, prefix: "blog")

    alter table(:posts, prefix: "blog") do
      remove :status
    end
  end
end
