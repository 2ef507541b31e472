ALTER TABLE bookings ADD CONSTRAINT fits CHECK (id >= 10 AND id < 20 AND cancelled IS NOT NULL);
