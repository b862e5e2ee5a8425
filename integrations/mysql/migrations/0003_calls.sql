-- A ticket names the call it came by; a call finds its ticket through that and keeps no second truth.
-- Calls that are not over are looked up all day, and the account an extension belongs to with every event.

ALTER TABLE ticket ADD KEY ticket_call (call_id, id);

ALTER TABLE phone_call
    DROP COLUMN ticket_id,
    ADD KEY phone_call_number (call_id),
    ADD KEY phone_call_state (state, id);

ALTER TABLE account ADD KEY account_extension (extension);
