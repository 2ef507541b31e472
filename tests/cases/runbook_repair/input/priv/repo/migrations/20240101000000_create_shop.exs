defmodule Shop.Repo.Migrations.CreateShop do
  use Ecto.Migration

  def up do
    execute "CREATE SCHEMA shop"
    execute "CREATE TYPE shop.state AS ENUM ('new', 'paid')"
    execute "CREATE TABLE shop.orders (id int PRIMARY KEY, number int UNIQUE, state shop.state)"
    execute "CREATE TABLE shop.positions (order_id int REFERENCES shop.orders, title text)"
    execute "CREATE INDEX positions_title ON shop.positions (title)"
    execute "CREATE VIEW shop.paid AS SELECT id FROM shop.orders WHERE state = 'paid'"
    execute "CREATE MATERIALIZED VIEW shop.numbers AS SELECT number FROM shop.orders"
    execute "CREATE UNIQUE INDEX numbers_number ON shop.numbers (number)"
    execute "CREATE PROCEDURE shop.pay(shop.state) LANGUAGE sql AS 'SELECT 1'"
    execute "CREATE FUNCTION shop.note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"
    execute "CREATE TRIGGER note BEFORE INSERT ON shop.orders FOR EACH ROW EXECUTE FUNCTION shop.note()"
    execute "CREATE POLICY all_rows ON shop.orders USING (true)"
    execute "COMMENT ON INDEX shop.positions_title IS 'For the search.'"
    execute "COMMENT ON MATERIALIZED VIEW shop.numbers IS 'Every night.'"
    execute "COMMENT ON PROCEDURE shop.pay IS 'Once.'"
  end

  def down, do: :ok
end
