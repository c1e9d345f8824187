-- AlterTable
ALTER TABLE "task" ADD COLUMN     "left_told_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "task_event" ADD COLUMN     "owner_id" UUID NOT NULL;

-- By hand: as for the task's own owner.
ALTER TABLE task_event ADD FOREIGN KEY (owner_id) REFERENCES person (id);
