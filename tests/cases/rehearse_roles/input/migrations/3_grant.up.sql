GRANT SELECT ON shop.orders TO clerk; GRANT clerk TO "Boss ""x""";
