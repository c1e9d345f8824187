-- AlterTable
ALTER TABLE "material" ADD COLUMN     "step_seen_at" TIMESTAMPTZ(3);
