ALTER TABLE shop.orders OWNER TO "Boss ""x""";
ALTER TABLE shop.orders ADD COLUMN paid boolean;
