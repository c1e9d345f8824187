-- What waits for another try holds up what is behind it: few rows, looked up with every poll.
CREATE INDEX delivery_retrying ON delivery (bot_id) WHERE state = 'queued' AND retry_at IS NOT NULL;
