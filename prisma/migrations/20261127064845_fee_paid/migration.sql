-- AlterTable
ALTER TABLE "roll_call_mark" ADD COLUMN     "fee_paid" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "roll_call_event" ADD COLUMN     "fee_paid" BOOLEAN;
