REVOKE SELECT ON shop.orders FROM clerk;
