defmodule Inkwell.Blog do
  @moduledoc """
  Posts, comments, tags and media of one organization.

  Call these functions inside `Inkwell.Repo.with_organization/2`: row security
  hides the posts of every other organization.

  Posts are never deleted. A post nobody should read any more gets the status
  `:archived` and keeps its slug.
  """
  import Ecto.Query

  alias Ecto.Multi
  alias Inkwell.Accounts.{Organization, User}
  alias Inkwell.Audit.Event
  alias Inkwell.Blog.{Comment, Media, Post, Redirect, Tag}
  alias Inkwell.Repo

  @home_page 20
  @dashboard_page 25
  @queue_page 50

  ## Posts

  @doc """
  Published posts of an organization, newest first, 20 at a time.

  For the next page pass the last post as `:after`. Two posts of the same second
  keep their order, because the page continues after date and id.
  """
  def list_published_posts(%Organization{id: organization_id}, opts \\ []) do
    Post
    |> where([p], p.organization_id == ^organization_id and p.status == :published)
    |> continue_after(opts[:after])
    |> order_by([p], desc: p.published_at, desc: p.id)
    |> limit(@home_page)
    |> Repo.all()
  end

  @doc "The newest posts of one author, drafts included. The dashboard shows 25."
  def list_posts_by_author(%User{id: author_id}, limit \\ @dashboard_page) do
    Post
    |> where([p], p.author_id == ^author_id)
    |> order_by([p], desc: p.inserted_at)
    |> limit(^limit)
    |> Repo.all()
  end

  @doc """
  Opens one post in the editor, whatever its status.
  """
  def get_post!(id), do: Repo.get!(Post, id)

  @doc """
  The public page of a post, with its author, tags and approved comments.
  Five queries, however many comments there are.
  """
  def get_post_by_slug!(%Organization{id: organization_id}, slug) do
    approved = where(Comment, [c], not is_nil(c.approved_at))

    Post
    |> where([p], p.organization_id == ^organization_id and p.slug == ^slug)
    |> where([p], p.status == :published)
    |> preload([:author, :tags, comments: ^{approved, :author}])
    |> Repo.one!()
  end

  @doc "The post an old address leads to, or nil."
  def get_post_by_old_slug(%Organization{id: organization_id}, slug) do
    Post
    |> join(:inner, [p], r in assoc(p, :redirects))
    |> where([p, r], r.organization_id == ^organization_id and r.from_slug == ^slug)
    |> Repo.one()
  end

  @doc "Published posts with one tag, newest first."
  def list_posts_by_tag(%Tag{id: tag_id}) do
    Post
    |> join(:inner, [p], pt in "post_tags", on: pt.post_id == p.id, prefix: "blog")
    |> where([p, pt], pt.tag_id == ^tag_id and p.status == :published)
    |> order_by([p], desc: p.published_at, desc: p.id)
    |> limit(@home_page)
    |> Repo.all()
  end

  def create_post(%Organization{} = organization, %User{} = author, attrs) do
    %Post{organization_id: organization.id, author_id: author.id}
    |> Post.changeset(attrs)
    |> Repo.insert()
  end

  def update_post(%Post{} = post, attrs) do
    post
    |> Post.changeset(attrs)
    |> Repo.update()
  end

  @doc "Gives a post a new slug and keeps the old address working."
  def rename_post(%Post{} = post, slug) do
    redirect = %Redirect{organization_id: post.organization_id, post_id: post.id}

    Multi.new()
    |> Multi.update(:post, Post.changeset(post, %{slug: slug}))
    |> Multi.insert(:redirect, Redirect.changeset(redirect, %{from_slug: post.slug}))
    |> Repo.transact()
  end

  @doc "The last changes to a post, for the history tab."
  def list_history(%Post{id: post_id}) do
    Event
    |> where([e], e.schema_name == "blog" and e.table_name == "posts" and e.row_id == ^post_id)
    |> order_by([e], desc: e.id)
    |> limit(@queue_page)
    |> Repo.all()
  end

  ## Comments

  @doc "Comments nobody has approved yet, oldest first, with their posts."
  def list_pending_comments(%Organization{id: organization_id}) do
    Comment
    |> join(:inner, [c], p in assoc(c, :post))
    |> where([c, p], is_nil(c.approved_at) and p.organization_id == ^organization_id)
    |> order_by([c], asc: c.inserted_at)
    |> limit(@queue_page)
    |> preload([c, p], post: p)
    |> Repo.all()
  end

  def create_comment(%Post{} = post, author, attrs) do
    %Comment{post_id: post.id, author_id: author && author.id}
    |> Comment.changeset(attrs)
    |> Repo.insert()
  end

  def approve_comment(%Comment{} = comment) do
    comment
    |> Comment.approve_changeset()
    |> Repo.update()
  end

  @doc "Deletes a comment. PostgreSQL deletes its replies with it."
  def delete_comment(%Comment{} = comment) do
    Repo.delete(comment)
  end

  ## Tags

  @doc "The tag picker: all tags of an organization by name."
  def list_tags(%Organization{id: organization_id}) do
    Tag
    |> where([t], t.organization_id == ^organization_id)
    |> order_by([t], asc: t.name)
    |> Repo.all()
  end

  @doc "Replaces the tags of a post."
  def put_tags(%Post{} = post, tags) do
    post
    |> Repo.preload(:tags)
    |> Ecto.Changeset.change()
    |> Ecto.Changeset.put_assoc(:tags, tags)
    |> Repo.update()
  end

  ## Media

  @doc "The media library of an organization, newest first."
  def list_media(%Organization{id: organization_id}) do
    Media
    |> where([m], m.organization_id == ^organization_id)
    |> order_by([m], desc: m.id)
    |> limit(@queue_page)
    |> Repo.all()
  end

  def create_media(%Organization{} = organization, attrs) do
    %Media{organization_id: organization.id}
    |> Media.changeset(attrs)
    |> Repo.insert()
  end

  @doc "Forgets a file. PostgreSQL clears it where it was the cover of a post."
  def delete_media(%Media{} = media) do
    Repo.delete(media)
  end

  defp continue_after(query, nil), do: query

  defp continue_after(query, %Post{published_at: published_at, id: id}) do
    where(
      query,
      [p],
      fragment("(?, ?) < (?, ?)", p.published_at, p.id, type(^published_at, :utc_datetime), ^id)
    )
  end
end
