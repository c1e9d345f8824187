-- AlterTable
ALTER TABLE "roll_call" ADD COLUMN     "held_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "chat" DROP COLUMN "current_delivery_id";

-- Confirmed before this column: held.
UPDATE roll_call SET held_at = confirmed_at;

-- What never left is forgotten after its time as well: the sweep finds the oldest by this.
CREATE INDEX outbox_unsent_remembered ON outbox (created_at) WHERE data <> '{}' AND state NOT IN ('queued', 'sent');
