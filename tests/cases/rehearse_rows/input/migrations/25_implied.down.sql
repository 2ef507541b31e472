ALTER TABLE bookings DROP CONSTRAINT bookings_id_check, DROP CONSTRAINT fits_too, ALTER COLUMN cancelled DROP NOT NULL;
