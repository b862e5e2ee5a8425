-- Tickets whose event chain grew since the last signed checkpoint: written with the roll-ups, taken by
-- the checkpoint. Event numbers become visible out of order, so "everything after the last one" would
-- miss some.
CREATE TABLE chain_moved (
    ticket_id BIGINT UNSIGNED NOT NULL PRIMARY KEY
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
