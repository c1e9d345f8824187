-- AlterTable
ALTER TABLE "bot" ADD COLUMN     "frozen_until" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "chat" ADD COLUMN     "frozen_until" TIMESTAMPTZ(3),
ADD COLUMN     "moved_to_id" UUID;

-- AddForeignKey
ALTER TABLE "chat" ADD CONSTRAINT "chat_moved_to_id_fkey" FOREIGN KEY ("moved_to_id") REFERENCES "chat"("id") ON DELETE SET NULL ON UPDATE CASCADE;
