-- AlterTable
ALTER TABLE "answer_event" ADD COLUMN     "taken_back_at" TIMESTAMPTZ(3);
