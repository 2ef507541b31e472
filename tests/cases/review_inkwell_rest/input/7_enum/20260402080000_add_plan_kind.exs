defmodule Inkwell.Repo.Migrations.AddPlanKind do
  use Ecto.Migration

  def up do
    execute "CREATE TYPE billing.plan_kind AS ENUM ('free', 'team')"

    alter table(:plans, prefix: "billing") do
      add :kind, :"billing.plan_kind", null: false, default: "free"
    end

    execute "ALTER TYPE billing.plan_kind RENAME VALUE 'team' TO 'business'"

    drop constraint(:posts, :posts_status_must_be_known, prefix: "blog")

    create constraint(:posts, :posts_status_must_be_known,
             prefix: "blog",
             check: "status IN ('draft', 'in_review', 'published')"
           )
  end

  def down do
    alter table(:plans, prefix: "billing") do
      remove :kind
    end

    execute "DROP TYPE billing.plan_kind"
  end
end
