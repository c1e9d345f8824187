-- AlterTable
ALTER TABLE "cell_group" ADD COLUMN     "broken_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "group_card" (
    "id" UUID NOT NULL,
    "group_id" UUID NOT NULL,
    "meeting_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "answers" INTEGER NOT NULL,
    "steps" INTEGER NOT NULL,
    "due_at" TIMESTAMPTZ(3),

    CONSTRAINT "group_card_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "group_card_group_id_meeting_id_key" ON "group_card"("group_id", "meeting_id");

-- AddForeignKey
ALTER TABLE "group_card" ADD CONSTRAINT "group_card_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "cell_group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- By hand: one live tie a cell; the cards that are not over.
CREATE UNIQUE INDEX cell_group_unit_live ON cell_group (unit_id) WHERE ended_at IS NULL;
CREATE INDEX group_card_due ON group_card (due_at) WHERE due_at IS NOT NULL;
