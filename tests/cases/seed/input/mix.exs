defmodule Bakery.MixProject do
  use Mix.Project

  def project, do: [app: :bakery, version: "0.1.0"]
end
