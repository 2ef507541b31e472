defmodule Inkwell.Analytics.DailyPostStat do
  @moduledoc "Views and visitors per post and day. Only `Inkwell.Analytics` writes here."
  use Ecto.Schema

  alias Inkwell.Blog.Post

  @schema_prefix "analytics"
  @primary_key false

  schema "daily_post_stats" do
    belongs_to :post, Post, primary_key: true
    field :day, :date, primary_key: true
    field :views, :integer, default: 0
    field :visitors, :integer, default: 0
  end
end
