import Config

config :shop, Shop.Repo, username: "canary-ecto-user", password: "canary-ecto-password", url: "ecto://u:canary-ecto-url@localhost/shop"
