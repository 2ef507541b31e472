defmodule Blog.Repo.Migrations.DropScriptIndex do
  use Ecto.Migration

  def up do
    drop index(:posts, [:title, :id], name: :posts_script_index)
    # Why: <script>alert(1)</script> is *no* state.
    execute "ALTER TABLE posts ADD CONSTRAINT \"odd name\" CHECK (title <> '')"
  end

  def down do
    execute "ALTER TABLE posts DROP CONSTRAINT \"odd name\""
  end
end
