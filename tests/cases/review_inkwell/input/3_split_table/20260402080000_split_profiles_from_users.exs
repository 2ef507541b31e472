defmodule Inkwell.Repo.Migrations.SplitProfilesFromUsers do
  @moduledoc "What readers see of an author is apart from what logs in."
  use Ecto.Migration

  def up do
    create table(:profiles, prefix: "accounts", comment: "What readers see of an author.") do
      add :user_id, references(:users, prefix: "accounts", on_delete: :delete_all), null: false
      add :name, :string, null: false
    end

    create unique_index(:profiles, [:user_id],
             prefix: "accounts",
             comment: "A user has one profile."
           )

    execute "INSERT INTO accounts.profiles (user_id, name) SELECT id, display_name FROM accounts.users"

    alter table(:users, prefix: "accounts") do
      remove :display_name
    end
  end

  def down do
    alter table(:users, prefix: "accounts") do
      add :display_name, :string
    end

    execute "UPDATE accounts.users u SET display_name = p.name FROM accounts.profiles p WHERE p.user_id = u.id"
    execute "ALTER TABLE accounts.users ALTER COLUMN display_name SET NOT NULL"
    drop table(:profiles, prefix: "accounts")
  end
end
