-- AlterTable
ALTER TABLE "meeting" ADD COLUMN     "day_check_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "meeting_day_check_at_idx" ON "meeting"("day_check_at");
