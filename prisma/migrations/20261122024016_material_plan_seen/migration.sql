-- AlterTable
ALTER TABLE "material" ADD COLUMN     "plan_seen_at" TIMESTAMPTZ(3);
