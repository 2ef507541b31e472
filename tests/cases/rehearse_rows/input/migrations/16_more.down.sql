DROP TABLE bookings; DROP TABLE events; DROP TABLE events_2024; DROP TABLE parts; DROP TABLE parts_1; DROP TABLE kinds; DROP TABLE kinds_rest; DROP DOMAIN note; DROP DOMAIN label; DROP DOMAIN cents;
