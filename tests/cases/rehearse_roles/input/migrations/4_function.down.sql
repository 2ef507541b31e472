DROP FUNCTION shop.one();
