defmodule Inkwell.Repo.Migrations.CreateAudit do
  @moduledoc "Starts recording every change to posts and comments."
  use Ecto.Migration

  def up do
    execute "CREATE SCHEMA audit"

    create table(:events,
             prefix: "audit",
             comment:
               "One row per change to a watched table, written by triggers. Kept for seven years."
           ) do
      # Why: no foreign key, because the record outlives the account.
      add :actor_id, :bigint,
        comment: "Who did it. Deliberately not a foreign key: the record outlives the account."

      add :schema_name, :string, null: false
      add :table_name, :string, null: false
      add :row_id, :bigint, null: false
      add :action, :string, null: false
      add :changes, :map, null: false, comment: "The row after the change, as JSON."
      add :inserted_at, :utc_datetime_usec, null: false, default: fragment("now()")
    end

    create index(:events, [:schema_name, :table_name, :row_id],
             prefix: "audit",
             comment: "History tab of a post: every change to one row."
           )

    create index(:events, [:inserted_at],
             prefix: "audit",
             using: :brin,
             comment:
               "Retention job scans by date. Rows arrive in time order, so BRIN needs 24 kB instead of 20 MB."
           )

    execute """
    CREATE FUNCTION audit.log_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO audit.events (schema_name, table_name, row_id, action, changes)
      VALUES (TG_TABLE_SCHEMA, TG_TABLE_NAME, NEW.id, lower(TG_OP), to_jsonb(NEW));
      RETURN NEW;
    END
    $$
    """

    execute """
    CREATE TRIGGER posts_audit
      AFTER INSERT OR UPDATE OF title, slug, body, published_at ON blog.posts
      FOR EACH ROW EXECUTE FUNCTION audit.log_change()
    """

    execute """
    CREATE TRIGGER comments_audit
      AFTER INSERT ON blog.comments
      FOR EACH ROW EXECUTE FUNCTION audit.log_change()
    """
  end

  def down do
    execute "DROP TRIGGER comments_audit ON blog.comments"
    execute "DROP TRIGGER posts_audit ON blog.posts"
    execute "DROP FUNCTION audit.log_change()"
    drop table(:events, prefix: "audit")
    execute "DROP SCHEMA audit"
  end
end
