defmodule Inkwell.Analytics do
  @moduledoc "Counts page views and adds them up per day."
  import Ecto.Query

  alias Inkwell.Analytics.{DailyPostStat, PageView}
  alias Inkwell.Blog.Post
  alias Inkwell.Repo

  def record_view(%Post{} = post, attrs) do
    %PageView{post_id: post.id}
    |> PageView.changeset(attrs)
    |> Repo.insert()
  end

  @doc "How often a post was read from one moment up to another."
  def count_views(%Post{id: post_id}, from, to) do
    PageView
    |> where([v], v.post_id == ^post_id and v.viewed_at >= ^from and v.viewed_at < ^to)
    |> Repo.aggregate(:count)
  end

  @doc "The chart of one post: a row per day. `days` is a `Date.Range`."
  def list_daily_stats(%Post{id: post_id}, days) do
    DailyPostStat
    |> where([s], s.post_id == ^post_id and s.day >= ^days.first and s.day <= ^days.last)
    |> order_by([s], asc: s.day)
    |> Repo.all()
  end

  @doc """
  Adds up one day for all posts. Runs each night and may run again: it writes
  over the totals of that day.
  """
  def rebuild_day(day) do
    from = DateTime.new!(day, ~T[00:00:00])
    to = DateTime.new!(Date.add(day, 1), ~T[00:00:00])

    totals =
      from v in PageView,
        where: v.viewed_at >= ^from and v.viewed_at < ^to,
        group_by: v.post_id,
        select: %{
          post_id: v.post_id,
          day: type(^day, :date),
          views: count(),
          visitors: count(v.visitor_hash, :distinct)
        }

    Repo.insert_all(DailyPostStat, totals,
      on_conflict: {:replace, [:views, :visitors]},
      conflict_target: [:post_id, :day]
    )
  end
end
