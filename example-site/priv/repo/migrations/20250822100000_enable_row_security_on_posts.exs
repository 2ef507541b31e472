defmodule Inkwell.Repo.Migrations.EnableRowSecurityOnPosts do
  @moduledoc "Lets each request see only the posts of its own organization."
  use Ecto.Migration

  def up do
    execute "ALTER TABLE blog.posts ENABLE ROW LEVEL SECURITY"

    execute """
    CREATE POLICY posts_same_organization ON blog.posts
      USING (organization_id = current_setting('inkwell.organization_id')::bigint)
    """
  end

  def down do
    execute "DROP POLICY posts_same_organization ON blog.posts"
    execute "ALTER TABLE blog.posts DISABLE ROW LEVEL SECURITY"
  end
end
