-- CreateEnum
CREATE TYPE "bot_state" AS ENUM ('active', 'refused', 'retired');

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "operation" ADD VALUE 'delete';
ALTER TYPE "operation" ADD VALUE 'toast';

-- AlterTable
ALTER TABLE "bot" ADD COLUMN     "added_by" UUID,
ADD COLUMN     "credentials" TEXT,
ADD COLUMN     "monthly_quota" INTEGER,
ADD COLUMN     "people_quota" INTEGER,
ADD COLUMN     "state" "bot_state" NOT NULL DEFAULT 'active',
ADD COLUMN     "state_since" TIMESTAMPTZ(3),
ADD COLUMN     "unit_id" UUID;

-- AlterTable
ALTER TABLE "outbox" ADD COLUMN     "routed" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "chat_link" ADD COLUMN     "preferred_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "cell_group" (
    "id" UUID NOT NULL,
    "chat_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "tied_by" UUID NOT NULL,
    "tied_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "cell_group_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bot_usage" (
    "bot_id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "sent" INTEGER NOT NULL DEFAULT 0,
    "warned_at" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "bot_usage_pkey" PRIMARY KEY ("bot_id","month")
);

-- CreateTable
CREATE TABLE "page_grant" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "chat_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "args" JSONB NOT NULL,
    "token_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "page_grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "personal_page" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" UUID,
    "chat_id" UUID,
    "large_text" BOOLEAN NOT NULL DEFAULT false,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "personal_page_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "cell_group_unit_id_idx" ON "cell_group"("unit_id");

-- CreateIndex
CREATE INDEX "cell_group_chat_id_idx" ON "cell_group"("chat_id");

-- CreateIndex
CREATE UNIQUE INDEX "page_grant_token_hash_key" ON "page_grant"("token_hash");

-- CreateIndex
CREATE INDEX "page_grant_person_id_idx" ON "page_grant"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "personal_page_token_hash_key" ON "personal_page"("token_hash");

-- CreateIndex
CREATE INDEX "personal_page_person_id_idx" ON "personal_page"("person_id");

-- AddForeignKey
ALTER TABLE "bot_usage" ADD CONSTRAINT "bot_usage_bot_id_fkey" FOREIGN KEY ("bot_id") REFERENCES "bot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- By hand: one live tie a group; who may be reached where.
CREATE UNIQUE INDEX cell_group_live ON cell_group (chat_id) WHERE ended_at IS NULL;
CREATE INDEX personal_page_live ON personal_page (person_id) WHERE revoked_at IS NULL;
ALTER TABLE bot ADD CONSTRAINT bot_quotas CHECK (monthly_quota > 0 AND people_quota > 0);

-- The month in which a platform counts what a bot sends: only Vietnamese platforms count so.
CREATE FUNCTION quota_month(at timestamptz) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT date_trunc('month', at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
$$;

-- Whether a bot takes a message of this priority at that time. The last fifth of a month's quota is kept from bulk, the
-- last twentieth for answers to people: what matters most still goes.
CREATE FUNCTION bot_takes(bot uuid, priority int, at timestamptz) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT b.state = 'active' AND (b.monthly_quota IS NULL
    OR coalesce((SELECT u.sent FROM bot_usage u WHERE u.bot_id = b.id AND u.month = quota_month(at)), 0)
      < b.monthly_quota * CASE priority WHEN 0 THEN 1.0 WHEN 1 THEN 0.95 ELSE 0.8 END)
  FROM bot b WHERE b.id = bot
$$;

-- The chats in which a person can be reached, best first: where they asked to be; a page of ours, which rings no bell,
-- last; else the newest.
CREATE FUNCTION ways_to(person uuid, priority int, at timestamptz)
RETURNS TABLE (chat_id uuid, bot_id uuid, rank bigint)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT c.id, c.bot_id,
    row_number() OVER (ORDER BY l.preferred_at DESC NULLS LAST, (b.platform = 'page'), l.linked_at DESC)
  FROM chat_link l JOIN chat c ON c.id = l.chat_id JOIN bot b ON b.id = c.bot_id
  WHERE l.person_id = person AND l.ended_at IS NULL AND c.unreachable_since IS NULL
    AND bot_takes(c.bot_id, priority, at)
$$;
