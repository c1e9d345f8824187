-- AlterTable
ALTER TABLE "answer" ADD COLUMN     "leave_id" UUID;

-- AlterTable
ALTER TABLE "answer_event" ADD COLUMN     "leave_id" UUID;

-- CreateIndex
CREATE INDEX "answer_leave_id_idx" ON "answer"("leave_id");

-- CreateIndex
CREATE INDEX "answer_event_leave_id_idx" ON "answer_event"("leave_id");

-- By hand: the leave of an answer.
ALTER TABLE answer ADD FOREIGN KEY (leave_id) REFERENCES leave (id);
ALTER TABLE answer_event ADD FOREIGN KEY (leave_id) REFERENCES leave (id);
