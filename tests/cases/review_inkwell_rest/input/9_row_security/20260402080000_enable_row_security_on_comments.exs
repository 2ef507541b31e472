defmodule Inkwell.Repo.Migrations.EnableRowSecurityOnComments do
  use Ecto.Migration

  def up do
    execute "ALTER TABLE blog.comments ENABLE ROW LEVEL SECURITY"

    execute """
    CREATE POLICY comments_of_visible_posts ON blog.comments
      USING (EXISTS (SELECT FROM blog.posts p WHERE p.id = post_id))
    """
  end

  def down do
    execute "DROP POLICY comments_of_visible_posts ON blog.comments"
    execute "ALTER TABLE blog.comments DISABLE ROW LEVEL SECURITY"
  end
end
