-- AlterTable
ALTER TABLE "bot" ADD COLUMN     "rests_until" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "print_job" ADD COLUMN     "paper" TEXT NOT NULL DEFAULT 'slips',
ADD COLUMN     "subject_id" UUID;

-- AlterTable
ALTER TABLE "reminder_plan" ADD COLUMN     "evening_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "reminder_plan_evening_at_idx" ON "reminder_plan"("evening_at");

-- By hand: what failed and may still have a use; the month's count with the platform's own word; ids in order of time.
CREATE INDEX delivery_failed ON delivery (expires_at) WHERE state = 'failed';

CREATE OR REPLACE FUNCTION bot_takes(bot uuid, priority int, at timestamptz) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT b.state = 'active' AND (b.rests_until IS NULL OR b.rests_until <= at) AND (b.monthly_quota IS NULL
    OR coalesce((SELECT u.sent FROM bot_usage u WHERE u.bot_id = b.id AND u.month = quota_month(at)), 0)
      < b.monthly_quota * CASE priority WHEN 0 THEN 1.0 WHEN 1 THEN 0.95 ELSE 0.8 END)
  FROM bot b WHERE b.id = bot
$$;

-- A UUIDv7 as the app makes them, for rows that a statement adds by itself: transcripts are read in the order of ids.
CREATE FUNCTION new_id() RETURNS uuid
LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
  SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    PLACING substring(int8send(floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6),
    52, 1), 53, 1), 'hex')::uuid
$$;
