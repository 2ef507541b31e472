defmodule Inkwell.Accounts do
  @moduledoc "People, the organizations they write for, and how they sign in."
  import Ecto.Query

  alias Ecto.Multi
  alias Inkwell.Accounts.{Membership, Organization, User, UserToken}
  alias Inkwell.Repo

  ## Organizations

  @doc "Every public URL starts with the slug of an organization."
  def get_organization_by_slug!(slug) do
    Repo.get_by!(Organization, slug: slug)
  end

  @doc "Creates an organization; `owner` becomes its first member."
  def create_organization(%User{} = owner, attrs) do
    Multi.new()
    |> Multi.insert(:organization, Organization.changeset(%Organization{}, attrs))
    |> Multi.insert(:membership, fn %{organization: organization} ->
      membership = %Membership{organization_id: organization.id, user_id: owner.id}
      Membership.changeset(membership, %{role: "owner"})
    end)
    |> Repo.transact()
  end

  ## Memberships

  def add_member(%Organization{} = organization, %User{} = user, role) do
    %Membership{organization_id: organization.id, user_id: user.id}
    |> Membership.changeset(%{role: role})
    |> Repo.insert()
  end

  @doc "The organization switcher: where the signed-in person may write."
  def list_memberships(%User{id: user_id}) do
    Membership
    |> where([m], m.user_id == ^user_id)
    |> preload(:organization)
    |> Repo.all()
  end

  @doc "The members of an organization, at most 100, in the order they joined."
  def list_members(%Organization{id: organization_id}) do
    Membership
    |> where([m], m.organization_id == ^organization_id)
    |> order_by([m], asc: m.id)
    |> limit(100)
    |> preload(:user)
    |> Repo.all()
  end

  ## Users

  @doc "Sign-in. The column ignores case, so the query need not."
  def get_user_by_email(email) do
    Repo.get_by(User, email: email)
  end

  @doc "`hashed_password` is an Argon2id hash. A confirmation e-mail follows."
  def register_user(attrs) do
    %User{}
    |> User.registration_changeset(attrs)
    |> Repo.insert()
  end

  @doc "The link in the confirmation e-mail was opened."
  def confirm_user(%User{} = user) do
    user
    |> User.confirm_changeset()
    |> Repo.update()
  end

  @doc """
  Deletes a person. Memberships and tokens go too, comments stay without an author.

  A person who wrote posts stays: posts are never deleted.
  """
  def delete_user(%User{} = user) do
    user
    |> User.delete_changeset()
    |> Repo.delete()
  end

  ## Authors

  @doc """
  The author pages of an organization: some authors, each with posts.

  Three queries for the whole page, not one per author. For the next page pass
  the id of the last author as `:after`. Call it inside
  `Inkwell.Repo.with_organization/2`.
  """
  def list_authors(%Organization{id: organization_id}, opts \\ []) do
    after_id = Keyword.get(opts, :after, 0)
    limit = Keyword.get(opts, :limit, 10)

    Membership
    |> where([m], m.organization_id == ^organization_id and m.user_id > ^after_id)
    |> order_by([m], asc: m.user_id)
    |> limit(^limit)
    |> preload(:user)
    |> Repo.all()
    |> Enum.map(& &1.user)
    |> preload_posts()
  end

  # One query for all authors of the page. Never call it for all members of an
  # organization at once: two house accounts own more than 5,000 posts each.
  # list_authors/2 asks for ten.
  defp preload_posts(users) do
    Repo.preload(users, :posts)
  end

  ## Tokens

  def create_token(%User{} = user, attrs) do
    %UserToken{user_id: user.id}
    |> UserToken.changeset(attrs)
    |> Repo.insert()
  end

  @doc "The person a session cookie belongs to, or nil. Runs on every request."
  def get_user_by_session_token(token) do
    UserToken
    |> where([t], t.context == "session" and t.token == ^token)
    |> join(:inner, [t], u in assoc(t, :user))
    |> select([t, u], u)
    |> Repo.one()
  end

  @doc "Signs a person out everywhere."
  def delete_tokens(%User{id: user_id}) do
    UserToken
    |> where([t], t.user_id == ^user_id)
    |> Repo.delete_all()
  end
end
