ALTER TABLE bookings ADD CONSTRAINT one_at_a_time EXCLUDE USING gist (int4range(room, room, '[]') WITH &&, tsrange(starts_at, ends_at) WITH &&) WHERE (NOT cancelled);
ALTER TABLE bookings ADD CONSTRAINT apart EXCLUDE USING gist (days WITH &&);
ALTER DOMAIN label ADD CONSTRAINT short CHECK (length(VALUE) < 20) NOT VALID;
