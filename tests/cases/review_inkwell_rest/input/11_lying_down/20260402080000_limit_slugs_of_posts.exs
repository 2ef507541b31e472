defmodule Inkwell.Repo.Migrations.LimitSlugsOfPosts do
  use Ecto.Migration

  def up do
    create constraint(:posts, :posts_slug_is_short, prefix: "blog", check: "length(slug) <= 80")

    drop index(:posts, [], name: :posts_published_index, prefix: "blog")
  end

  def down do
    drop constraint(:posts, :posts_slug_is_short, prefix: "blog")

    create index(:posts, [:published_at], name: :posts_published_index, prefix: "blog")
  end
end
