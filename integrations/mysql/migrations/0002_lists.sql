-- Lists say which clock runs out next and what it is counted in, without reading the clocks; an
-- official's list also holds what he brought from a visit.

ALTER TABLE ticket
    ADD COLUMN next_clock TINYINT UNSIGNED NULL,       -- kind of the clock next_due_at belongs to
    ADD COLUMN next_clock_limit TINYINT UNSIGNED NULL, -- the unit of its limit
    ADD KEY ticket_visiting (visiting_official_id, id);
