-- AlterTable
ALTER TABLE "print_job" ALTER COLUMN "chat_id" DROP NOT NULL;

-- By hand: what was confirmed before papers were made has its evening behind it.
INSERT INTO paper_pack (meeting_id, confirmed_at, made_at)
SELECT meeting_id, confirmed_at, confirmed_at FROM roll_call WHERE confirmed_at IS NOT NULL;
