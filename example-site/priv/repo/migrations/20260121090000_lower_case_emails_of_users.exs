defmodule Inkwell.Repo.Migrations.LowerCaseEmailsOfUsers do
  @moduledoc "Writes all addresses in lower case, as sign-up has done since last autumn."
  use Ecto.Migration

  # Nobody can say afterwards which letters were capitals: there is no way back, and none is needed.
  def change do
    execute "UPDATE accounts.users SET email = lower(email) WHERE email::text <> lower(email::text)"
  end
end
