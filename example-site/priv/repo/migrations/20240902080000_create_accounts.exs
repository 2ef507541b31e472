defmodule Inkwell.Repo.Migrations.CreateAccounts do
  @moduledoc "Creates the accounts schema with its four tables."
  use Ecto.Migration

  def up do
    execute "CREATE SCHEMA accounts"

    # Why: e-mail addresses, slugs and tag names compare without regard to case.
    execute "CREATE EXTENSION citext"

    create table(:organizations, prefix: "accounts") do
      add :name, :string, null: false
      add :slug, :citext, null: false
      timestamps(type: :utc_datetime)
    end

    create unique_index(:organizations, [:slug],
             prefix: "accounts",
             comment: "Every public URL starts with the organization slug."
           )

    create table(:users, prefix: "accounts") do
      add :email, :citext, null: false
      add :hashed_password, :string, null: false
      add :display_name, :string, null: false
      add :confirmed_at, :utc_datetime
      timestamps(type: :utc_datetime)
    end

    create unique_index(:users, [:email],
             prefix: "accounts",
             comment: "Sign-in looks a person up by e-mail, ignoring case."
           )

    create table(:memberships, prefix: "accounts") do
      add :organization_id,
          references(:organizations, prefix: "accounts", on_delete: :delete_all),
          null: false

      add :user_id, references(:users, prefix: "accounts", on_delete: :delete_all), null: false
      add :role, :string, null: false, default: "writer"
      timestamps(type: :utc_datetime)
    end

    create unique_index(:memberships, [:organization_id, :user_id],
             prefix: "accounts",
             comment:
               "One membership per person and organization; also lists the members of an organization."
           )

    create index(:memberships, [:user_id],
             prefix: "accounts",
             comment: "Organization switcher: all memberships of the signed-in person."
           )

    create table(:user_tokens, prefix: "accounts") do
      add :user_id, references(:users, prefix: "accounts", on_delete: :delete_all), null: false
      add :token, :binary, null: false
      add :context, :string, null: false
      add :sent_to, :string
      timestamps(type: :utc_datetime, updated_at: false)
    end

    create unique_index(:user_tokens, [:context, :token],
             prefix: "accounts",
             comment: "Every request with a session cookie reads one token."
           )

    create index(:user_tokens, [:user_id],
             prefix: "accounts",
             comment:
               ~s(Deleting a user and "sign out everywhere" remove all tokens of one person.)
           )
  end

  def down do
    drop table(:user_tokens, prefix: "accounts")
    drop table(:memberships, prefix: "accounts")
    drop table(:users, prefix: "accounts")
    drop table(:organizations, prefix: "accounts")
    execute "DROP EXTENSION citext"
    execute "DROP SCHEMA accounts"
  end
end
