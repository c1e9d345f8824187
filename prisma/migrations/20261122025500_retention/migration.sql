-- What was sent is forgotten after its time: the sweep finds the oldest by this.
CREATE INDEX delivery_remembered ON delivery (finished_at) WHERE content IS NOT NULL;
-- Reasons in a member's own words, likewise.
CREATE INDEX answer_reason ON answer (meeting_id) WHERE reason_text IS NOT NULL;
CREATE INDEX answer_event_reason ON answer_event (meeting_id) WHERE reason_text IS NOT NULL;
