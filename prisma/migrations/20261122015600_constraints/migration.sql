-- By hand: what the schema language cannot say. Each of these is asserted by tests/database/catalogue.test.ts.

CREATE EXTENSION IF NOT EXISTS btree_gist;

-- Periods are half-open. An empty one would escape every EXCLUDE below, because an empty range overlaps nothing.
ALTER TABLE unit_placement
  ADD CONSTRAINT unit_placement_period CHECK (ends_on IS NULL OR ends_on > starts_on),
  ADD CONSTRAINT unit_placement_not_own_parent CHECK (unit_id <> parent_id),
  ADD CONSTRAINT unit_placement_one_parent
    EXCLUDE USING gist (unit_id WITH =, daterange(starts_on, ends_on, '[)') WITH &&);

ALTER TABLE membership
  ADD CONSTRAINT membership_period CHECK (ends_on IS NULL OR ends_on > starts_on),
  ADD CONSTRAINT membership_one_home
    EXCLUDE USING gist (person_id WITH =, daterange(starts_on, ends_on, '[)') WITH &&) WHERE (kind = 'home'),
  ADD CONSTRAINT membership_once_a_cell
    EXCLUDE USING gist (person_id WITH =, cell_id WITH =, daterange(starts_on, ends_on, '[)') WITH &&);

ALTER TABLE exemption
  ADD CONSTRAINT exemption_period CHECK (ends_on IS NULL OR ends_on > starts_on),
  ADD CONSTRAINT exemption_once_a_kind
    EXCLUDE USING gist (person_id WITH =, kind WITH =, daterange(starts_on, ends_on, '[)') WITH &&);

-- Only an administrator is appointed to no unit; the zero uuid stands for "the whole installation", as null equals nothing.
ALTER TABLE appointment
  ADD CONSTRAINT appointment_period CHECK (ends_on IS NULL OR ends_on > starts_on),
  ADD CONSTRAINT appointment_unit CHECK (unit_id IS NOT NULL OR role = 'administrator'),
  ADD CONSTRAINT appointment_once
    EXCLUDE USING gist (
      person_id WITH =,
      role WITH =,
      coalesce(unit_id, '00000000-0000-0000-0000-000000000000'::uuid) WITH =,
      daterange(starts_on, ends_on, '[)') WITH &&
    );

ALTER TABLE unit ADD CONSTRAINT unit_attendance_target CHECK (attendance_target BETWEEN 0 AND 100);
ALTER TABLE schedule
  ADD CONSTRAINT schedule_period CHECK (ends_on IS NULL OR ends_on > starts_on),
  ADD CONSTRAINT schedule_time CHECK (time ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  ADD CONSTRAINT schedule_duration CHECK (duration_minutes > 0);
ALTER TABLE meeting
  ADD CONSTRAINT meeting_time CHECK (time ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  ADD CONSTRAINT meeting_duration CHECK (duration_minutes > 0);
ALTER TABLE guest ADD CONSTRAINT guest_somebody CHECK (num_nonnulls(person_id, name) > 0);
ALTER TABLE material ADD CONSTRAINT material_something CHECK (num_nonnulls(sha256, url) > 0);

ALTER TABLE outbox
  ADD CONSTRAINT outbox_cause CHECK (cause_key <> ''),
  ADD CONSTRAINT outbox_version CHECK (version > 0);
ALTER TABLE delivery
  ADD CONSTRAINT delivery_priority CHECK (priority BETWEEN 0 AND 2),
  ADD CONSTRAINT delivery_edit_has_target CHECK (operation <> 'edit' OR target_id IS NOT NULL),
  ADD CONSTRAINT delivery_in_flight_since CHECK (state <> 'in_flight' OR in_flight_since IS NOT NULL);

-- What waits is a small part of a table that only grows: each of these stays as small as the work at hand.
CREATE INDEX inbound_update_waiting ON inbound_update (bot_id, id) WHERE handled_at IS NULL AND set_aside_at IS NULL;
CREATE INDEX delivery_queued ON delivery (bot_id, priority, sequence) WHERE state = 'queued';
CREATE INDEX delivery_in_flight ON delivery (bot_id) WHERE state = 'in_flight';
CREATE INDEX reminder_step_waiting ON reminder_step (due_at) WHERE state = 'waiting';
CREATE INDEX invitation_live ON invitation (person_id) WHERE used_at IS NULL AND withdrawn_at IS NULL;
CREATE UNIQUE INDEX chat_link_live ON chat_link (person_id, chat_id) WHERE ended_at IS NULL;

-- The functions are single STABLE selects without SET, so that the planner inlines them into the query around them:
-- 240 cells by CROSS JOIN LATERAL are one plan, not 240 calls.

-- The unit and everything under it on that day. UNION, not UNION ALL: a circle in the placements ends instead of spinning.
CREATE FUNCTION unit_subtree(root uuid, day date) RETURNS TABLE (unit_id uuid)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  WITH RECURSIVE below(id) AS (
    SELECT u.id FROM unit u WHERE u.id = root AND (u.dissolved_on IS NULL OR u.dissolved_on > day)
    UNION
    SELECT u.id
    FROM below b
    JOIN unit_placement p ON p.parent_id = b.id AND p.starts_on <= day AND (p.ends_on IS NULL OR p.ends_on > day)
    JOIN unit u ON u.id = p.unit_id AND (u.dissolved_on IS NULL OR u.dissolved_on > day)
  )
  SELECT below.id FROM below
$$;

-- The unit (depth 0), its parent (1) and so on to the root on that day. 32 levels end a circle; real trees have five.
CREATE FUNCTION unit_path(unit uuid, day date) RETURNS TABLE (unit_id uuid, depth int)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  WITH RECURSIVE above(id, depth) AS (
    SELECT u.id, 0 FROM unit u WHERE u.id = unit_path.unit
    UNION ALL
    SELECT p.parent_id, a.depth + 1
    FROM above a
    JOIN unit_placement p ON p.unit_id = a.id AND p.starts_on <= day AND (p.ends_on IS NULL OR p.ends_on > day)
    WHERE a.depth < 32
  )
  SELECT above.id, above.depth FROM above
$$;

-- Everybody who attends the cell that day: its own members who are not attached elsewhere, and those attached here.
-- The denominator is the rows with neither `exempt` nor `special_duty`. A dissolved cell has nobody.
CREATE FUNCTION cell_roster(cell uuid, day date)
RETURNS TABLE (person_id uuid, membership membership_kind, exempt boolean, special_duty boolean, probationary boolean)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT
    m.person_id,
    m.kind,
    EXISTS (
      SELECT FROM exemption e
      WHERE e.person_id = m.person_id AND e.kind = 'exempt'
        AND e.starts_on <= day AND (e.ends_on IS NULL OR e.ends_on > day)
    ),
    EXISTS (
      SELECT FROM exemption e
      WHERE e.person_id = m.person_id AND e.kind = 'special_duty'
        AND e.starts_on <= day AND (e.ends_on IS NULL OR e.ends_on > day)
    ),
    p.admitted_on IS NOT NULL AND (p.full_on IS NULL OR p.full_on > day)
  FROM membership m
  JOIN person p ON p.id = m.person_id
  JOIN unit u ON u.id = m.cell_id AND (u.dissolved_on IS NULL OR u.dissolved_on > day)
  WHERE m.cell_id = cell
    AND m.starts_on <= day AND (m.ends_on IS NULL OR m.ends_on > day)
    AND (
      m.kind = 'temporary'
      OR NOT EXISTS (
        SELECT FROM membership away
        JOIN unit there ON there.id = away.cell_id AND (there.dissolved_on IS NULL OR there.dissolved_on > day)
        WHERE away.person_id = m.person_id AND away.kind = 'temporary' AND away.cell_id <> cell
          AND away.starts_on <= day AND (away.ends_on IS NULL OR away.ends_on > day)
      )
    )
$$;
