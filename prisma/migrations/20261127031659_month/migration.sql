-- CreateEnum
CREATE TYPE "leave_state" AS ENUM ('pending', 'approved', 'refused', 'withdrawn');

-- CreateEnum
CREATE TYPE "gate_state" AS ENUM ('open', 'done', 'dropped');

-- CreateEnum
CREATE TYPE "milestone_kind" AS ENUM ('probation_60', 'probation_30', 'probation_0', 'badge');

-- CreateEnum
CREATE TYPE "opinion_kind" AS ENUM ('opinion', 'speak');

-- CreateEnum
CREATE TYPE "task_state" AS ENUM ('open', 'done', 'dropped');

-- AlterTable
ALTER TABLE "roll_call" ADD COLUMN     "released_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "announcement" (
    "id" UUID NOT NULL,
    "cell_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "announcement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "announcement_receipt" (
    "announcement_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "announcement_receipt_pkey" PRIMARY KEY ("announcement_id","person_id")
);

-- CreateTable
CREATE TABLE "leave" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "cell_id" UUID NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE NOT NULL,
    "reason_kind" "reason_kind" NOT NULL,
    "reason_text" TEXT,
    "state" "leave_state" NOT NULL,
    "by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "leave_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attendance_policy" (
    "cell_id" UUID NOT NULL,
    "tells_absent" BOOLEAN NOT NULL DEFAULT false,
    "set_by_id" UUID NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "attendance_policy_pkey" PRIMARY KEY ("cell_id")
);

-- CreateTable
CREATE TABLE "objection" (
    "id" UUID NOT NULL,
    "meeting_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "closed_by_id" UUID,

    CONSTRAINT "objection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "check_in" (
    "meeting_id" UUID NOT NULL,
    "secret" BYTEA NOT NULL,
    "opened_by_id" UUID NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "check_in_pkey" PRIMARY KEY ("meeting_id")
);

-- CreateTable
CREATE TABLE "check_in_entry" (
    "meeting_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "check_in_entry_pkey" PRIMARY KEY ("meeting_id","person_id")
);

-- CreateTable
CREATE TABLE "calendar_feed" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "cell_id" UUID,
    "token_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "calendar_feed_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "gate_sheet" (
    "id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "data" JSONB NOT NULL,
    "set_by_id" UUID NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "gate_sheet_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "gate_plan" (
    "meeting_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "planned_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "gate_plan_pkey" PRIMARY KEY ("meeting_id")
);

-- CreateTable
CREATE TABLE "gate" (
    "id" UUID NOT NULL,
    "meeting_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "remind_at" TIMESTAMPTZ(3),
    "state" "gate_state" NOT NULL,
    "done_at" TIMESTAMPTZ(3),
    "done_by_id" UUID,

    CONSTRAINT "gate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mute" (
    "person_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mute_pkey" PRIMARY KEY ("person_id","kind")
);

-- CreateTable
CREATE TABLE "undo" (
    "chat_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "command" TEXT NOT NULL,
    "args" JSONB NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "undo_pkey" PRIMARY KEY ("chat_id","person_id")
);

-- CreateTable
CREATE TABLE "milestone" (
    "person_id" UUID NOT NULL,
    "kind" "milestone_kind" NOT NULL,
    "day" DATE NOT NULL,
    "told_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "milestone_pkey" PRIMARY KEY ("person_id","kind","day")
);

-- CreateTable
CREATE TABLE "standing_decision" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "cell_id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "decided_on" DATE NOT NULL,
    "full_on" DATE NOT NULL,
    "by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "standing_decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "note" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "meeting_id" UUID,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "note_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "opinion" (
    "id" UUID NOT NULL,
    "meeting_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "kind" "opinion_kind" NOT NULL,
    "text" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "opinion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "speaker" (
    "meeting_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "speaker_pkey" PRIMARY KEY ("meeting_id","person_id")
);

-- CreateTable
CREATE TABLE "paper_template" (
    "id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "paper" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "set_by_id" UUID NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "paper_template_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "paper_pack" (
    "meeting_id" UUID NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3) NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "paper_pack_pkey" PRIMARY KEY ("meeting_id")
);

-- CreateTable
CREATE TABLE "score_sheet" (
    "id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "data" JSONB NOT NULL,
    "set_by_id" UUID NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "score_sheet_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "score" (
    "meeting_id" UUID NOT NULL,
    "sheet_id" UUID,
    "sheet_version" INTEGER NOT NULL,
    "points" JSONB NOT NULL,
    "total" INTEGER,
    "grade" TEXT,
    "completed_at" TIMESTAMPTZ(3),
    "completed_by_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "score_pkey" PRIMARY KEY ("meeting_id")
);

-- CreateTable
CREATE TABLE "score_event" (
    "id" UUID NOT NULL,
    "meeting_id" UUID NOT NULL,
    "key" TEXT,
    "points" INTEGER,
    "by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "score_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "task" (
    "id" UUID NOT NULL,
    "cell_id" UUID NOT NULL,
    "meeting_id" UUID NOT NULL,
    "what" TEXT NOT NULL,
    "owner_id" UUID NOT NULL,
    "due_on" DATE,
    "state" "task_state" NOT NULL,
    "remind_at" TIMESTAMPTZ(3),
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "task_event" (
    "id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "state" "task_state" NOT NULL,
    "by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "task_event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "announcement_cell_id_at_idx" ON "announcement"("cell_id", "at");

-- CreateIndex
CREATE INDEX "leave_cell_id_starts_on_idx" ON "leave"("cell_id", "starts_on");

-- CreateIndex
CREATE INDEX "leave_person_id_idx" ON "leave"("person_id");

-- CreateIndex
CREATE INDEX "objection_meeting_id_idx" ON "objection"("meeting_id");

-- CreateIndex
CREATE UNIQUE INDEX "calendar_feed_token_hash_key" ON "calendar_feed"("token_hash");

-- CreateIndex
CREATE INDEX "calendar_feed_person_id_idx" ON "calendar_feed"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "gate_sheet_unit_id_version_key" ON "gate_sheet"("unit_id", "version");

-- CreateIndex
CREATE INDEX "gate_remind_at_idx" ON "gate"("remind_at");

-- CreateIndex
CREATE UNIQUE INDEX "gate_meeting_id_kind_key" ON "gate"("meeting_id", "kind");

-- CreateIndex
CREATE INDEX "standing_decision_person_id_idx" ON "standing_decision"("person_id");

-- CreateIndex
CREATE INDEX "note_person_id_at_idx" ON "note"("person_id", "at");

-- CreateIndex
CREATE INDEX "opinion_meeting_id_idx" ON "opinion"("meeting_id");

-- CreateIndex
CREATE INDEX "opinion_person_id_idx" ON "opinion"("person_id");

-- CreateIndex
CREATE INDEX "paper_template_unit_id_paper_idx" ON "paper_template"("unit_id", "paper");

-- CreateIndex
CREATE UNIQUE INDEX "score_sheet_unit_id_version_key" ON "score_sheet"("unit_id", "version");

-- CreateIndex
CREATE INDEX "score_event_meeting_id_at_idx" ON "score_event"("meeting_id", "at");

-- CreateIndex
CREATE INDEX "task_cell_id_state_idx" ON "task"("cell_id", "state");

-- CreateIndex
CREATE INDEX "task_remind_at_idx" ON "task"("remind_at");

-- CreateIndex
CREATE INDEX "task_event_task_id_idx" ON "task_event"("task_id");

-- AddForeignKey
ALTER TABLE "announcement_receipt" ADD CONSTRAINT "announcement_receipt_announcement_id_fkey" FOREIGN KEY ("announcement_id") REFERENCES "announcement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "score_event" ADD CONSTRAINT "score_event_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "score"("meeting_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task_event" ADD CONSTRAINT "task_event_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- By hand: whose they are and what they are about. Back-relations would make every lower room's schema list every upper one.
ALTER TABLE leave
  ADD FOREIGN KEY (person_id) REFERENCES person (id),
  ADD FOREIGN KEY (cell_id) REFERENCES unit (id),
  ADD FOREIGN KEY (by_id) REFERENCES person (id),
  ADD FOREIGN KEY (decided_by_id) REFERENCES person (id);
ALTER TABLE attendance_policy
  ADD FOREIGN KEY (cell_id) REFERENCES unit (id),
  ADD FOREIGN KEY (set_by_id) REFERENCES person (id);
ALTER TABLE objection
  ADD FOREIGN KEY (meeting_id) REFERENCES meeting (id),
  ADD FOREIGN KEY (person_id) REFERENCES person (id),
  ADD FOREIGN KEY (closed_by_id) REFERENCES person (id);
ALTER TABLE check_in
  ADD FOREIGN KEY (meeting_id) REFERENCES meeting (id),
  ADD FOREIGN KEY (opened_by_id) REFERENCES person (id);
ALTER TABLE check_in_entry
  ADD FOREIGN KEY (meeting_id) REFERENCES meeting (id),
  ADD FOREIGN KEY (person_id) REFERENCES person (id);
ALTER TABLE gate_sheet
  ADD FOREIGN KEY (unit_id) REFERENCES unit (id),
  ADD FOREIGN KEY (set_by_id) REFERENCES person (id);
ALTER TABLE gate_plan
  ADD FOREIGN KEY (meeting_id) REFERENCES meeting (id);
ALTER TABLE gate
  ADD FOREIGN KEY (meeting_id) REFERENCES meeting (id),
  ADD FOREIGN KEY (done_by_id) REFERENCES person (id);
ALTER TABLE task
  ADD FOREIGN KEY (cell_id) REFERENCES unit (id),
  ADD FOREIGN KEY (meeting_id) REFERENCES meeting (id),
  ADD FOREIGN KEY (owner_id) REFERENCES person (id),
  ADD FOREIGN KEY (created_by_id) REFERENCES person (id);
ALTER TABLE task_event
  ADD FOREIGN KEY (by_id) REFERENCES person (id);
ALTER TABLE opinion
  ADD FOREIGN KEY (meeting_id) REFERENCES meeting (id),
  ADD FOREIGN KEY (person_id) REFERENCES person (id);
ALTER TABLE speaker
  ADD FOREIGN KEY (meeting_id) REFERENCES meeting (id),
  ADD FOREIGN KEY (person_id) REFERENCES person (id),
  ADD FOREIGN KEY (by_id) REFERENCES person (id);
ALTER TABLE score_sheet
  ADD FOREIGN KEY (unit_id) REFERENCES unit (id),
  ADD FOREIGN KEY (set_by_id) REFERENCES person (id);
ALTER TABLE score
  ADD FOREIGN KEY (meeting_id) REFERENCES meeting (id),
  ADD FOREIGN KEY (completed_by_id) REFERENCES person (id);
ALTER TABLE score_event
  ADD FOREIGN KEY (by_id) REFERENCES person (id);
ALTER TABLE paper_template
  ADD FOREIGN KEY (unit_id) REFERENCES unit (id),
  ADD FOREIGN KEY (set_by_id) REFERENCES person (id);
ALTER TABLE paper_pack
  ADD FOREIGN KEY (meeting_id) REFERENCES meeting (id);
ALTER TABLE milestone
  ADD FOREIGN KEY (person_id) REFERENCES person (id);
ALTER TABLE standing_decision
  ADD FOREIGN KEY (person_id) REFERENCES person (id),
  ADD FOREIGN KEY (cell_id) REFERENCES unit (id),
  ADD FOREIGN KEY (by_id) REFERENCES person (id);
ALTER TABLE calendar_feed
  ADD FOREIGN KEY (person_id) REFERENCES person (id),
  ADD FOREIGN KEY (cell_id) REFERENCES unit (id);
ALTER TABLE announcement
  ADD FOREIGN KEY (cell_id) REFERENCES unit (id),
  ADD FOREIGN KEY (by_id) REFERENCES person (id);
ALTER TABLE announcement_receipt
  ADD FOREIGN KEY (person_id) REFERENCES person (id);
ALTER TABLE note
  ADD FOREIGN KEY (person_id) REFERENCES person (id),
  ADD FOREIGN KEY (meeting_id) REFERENCES meeting (id);
ALTER TABLE mute
  ADD FOREIGN KEY (person_id) REFERENCES person (id);
ALTER TABLE undo
  ADD FOREIGN KEY (chat_id) REFERENCES chat (id),
  ADD FOREIGN KEY (person_id) REFERENCES person (id);

ALTER TABLE leave ADD CONSTRAINT leave_period CHECK (starts_on < ends_on);
