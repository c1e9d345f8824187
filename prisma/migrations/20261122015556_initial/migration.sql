-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "answer_state" AS ENUM ('present', 'late', 'online', 'absent');

-- CreateEnum
CREATE TYPE "reason_kind" AS ENUM ('work', 'health', 'family', 'clash', 'other');

-- CreateEnum
CREATE TYPE "answer_way" AS ENUM ('button', 'digit', 'words', 'on_behalf');

-- CreateEnum
CREATE TYPE "late_decision" AS ENUM ('pending', 'accepted', 'refused');

-- CreateEnum
CREATE TYPE "mark_state" AS ENUM ('unknown', 'present', 'late', 'online', 'excused', 'unexcused');

-- CreateEnum
CREATE TYPE "digest_kind" AS ENUM ('weekly', 'preview');

-- CreateEnum
CREATE TYPE "material_push" AS ENUM ('next_step', 'at_once');

-- CreateEnum
CREATE TYPE "meeting_kind" AS ENUM ('regular', 'thematic', 'cell_committee');

-- CreateEnum
CREATE TYPE "meeting_state" AS ENUM ('planned', 'cancelled');

-- CreateEnum
CREATE TYPE "meeting_change_kind" AS ENUM ('created', 'moved', 'edited', 'cancelled', 'restored');

-- CreateEnum
CREATE TYPE "day_exception_kind" AS ENUM ('off', 'working');

-- CreateEnum
CREATE TYPE "chat_kind" AS ENUM ('private', 'group');

-- CreateEnum
CREATE TYPE "outbox_state" AS ENUM ('queued', 'sent', 'withdrawn', 'expired', 'failed', 'unreachable');

-- CreateEnum
CREATE TYPE "delivery_state" AS ENUM ('queued', 'in_flight', 'sent', 'failed', 'withdrawn', 'expired');

-- CreateEnum
CREATE TYPE "operation" AS ENUM ('send', 'edit', 'menu');

-- CreateEnum
CREATE TYPE "upload_state" AS ENUM ('waiting', 'fetched', 'failed');

-- CreateEnum
CREATE TYPE "unit_kind" AS ENUM ('cell', 'departmental', 'grassroots', 'commune', 'bloc', 'provincial');

-- CreateEnum
CREATE TYPE "membership_kind" AS ENUM ('home', 'temporary');

-- CreateEnum
CREATE TYPE "exemption_kind" AS ENUM ('exempt', 'special_duty');

-- CreateEnum
CREATE TYPE "role" AS ENUM ('secretary', 'deputy', 'cell_committee', 'committee_member', 'office', 'follower', 'administrator');

-- CreateEnum
CREATE TYPE "contact_way" AS ENUM ('chat', 'direct');

-- CreateEnum
CREATE TYPE "consent_decision" AS ENUM ('given', 'declined', 'withdrawn');

-- CreateEnum
CREATE TYPE "step_audience" AS ENUM ('all', 'silent', 'coming');

-- CreateEnum
CREATE TYPE "step_state" AS ENUM ('waiting', 'done', 'skipped');

-- CreateTable
CREATE TABLE "answer" (
    "id" UUID NOT NULL,
    "meeting_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "state" "answer_state" NOT NULL,
    "reason_kind" "reason_kind",
    "reason_text" TEXT,
    "minutes_late" INTEGER,
    "answered_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "answer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "answer_event" (
    "id" UUID NOT NULL,
    "meeting_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "state" "answer_state" NOT NULL,
    "reason_kind" "reason_kind",
    "reason_text" TEXT,
    "minutes_late" INTEGER,
    "way" "answer_way" NOT NULL,
    "by_id" UUID NOT NULL,
    "update_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "late" "late_decision",
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "answer_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "roll_call" (
    "meeting_id" UUID NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "opened_at" TIMESTAMPTZ(3),
    "confirmed_at" TIMESTAMPTZ(3),
    "confirmed_by_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "roll_call_pkey" PRIMARY KEY ("meeting_id")
);

-- CreateTable
CREATE TABLE "roll_call_mark" (
    "meeting_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "state" "mark_state" NOT NULL,
    "reason_kind" "reason_kind",
    "proposed" BOOLEAN NOT NULL,

    CONSTRAINT "roll_call_mark_pkey" PRIMARY KEY ("meeting_id","person_id")
);

-- CreateTable
CREATE TABLE "roll_call_event" (
    "id" UUID NOT NULL,
    "meeting_id" UUID NOT NULL,
    "person_id" UUID,
    "state" "mark_state",
    "reason_kind" "reason_kind",
    "by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "roll_call_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "guest" (
    "id" UUID NOT NULL,
    "meeting_id" UUID NOT NULL,
    "person_id" UUID,
    "name" TEXT,
    "added_by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "guest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "digest_slot" (
    "unit_id" UUID NOT NULL,
    "kind" "digest_kind" NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "digest_slot_pkey" PRIMARY KEY ("unit_id","kind")
);

-- CreateTable
CREATE TABLE "digest" (
    "id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "kind" "digest_kind" NOT NULL,
    "week" DATE NOT NULL,
    "data" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "digest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "material" (
    "id" UUID NOT NULL,
    "cell_id" UUID NOT NULL,
    "meeting_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "sha256" TEXT,
    "file_name" TEXT,
    "url" TEXT,
    "push" "material_push" NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "pushed_at" TIMESTAMPTZ(3),
    "added_by_id" UUID NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "material_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reading" (
    "material_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reading_pkey" PRIMARY KEY ("material_id","person_id")
);

-- CreateTable
CREATE TABLE "schedule" (
    "id" UUID NOT NULL,
    "cell_id" UUID NOT NULL,
    "kind" "meeting_kind" NOT NULL,
    "rrule" TEXT NOT NULL,
    "time" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "online_allowed" BOOLEAN NOT NULL DEFAULT true,
    "duration_minutes" INTEGER NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE,
    "expanded_until" DATE NOT NULL,
    "expand_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "schedule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "meeting" (
    "id" UUID NOT NULL,
    "cell_id" UUID NOT NULL,
    "schedule_id" UUID,
    "occurrence_on" DATE NOT NULL,
    "kind" "meeting_kind" NOT NULL,
    "day" DATE NOT NULL,
    "time" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "place" TEXT NOT NULL,
    "agenda" TEXT,
    "online_allowed" BOOLEAN NOT NULL DEFAULT true,
    "duration_minutes" INTEGER NOT NULL,
    "answer_deadline" TIMESTAMPTZ(3),
    "state" "meeting_state" NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "meeting_secretary_id" UUID,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "meeting_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "meeting_change" (
    "id" UUID NOT NULL,
    "meeting_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "kind" "meeting_change_kind" NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "by_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "meeting_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "day_exception" (
    "id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "kind" "day_exception_kind" NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "day_exception_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bot" (
    "id" UUID NOT NULL,
    "lock_key" SERIAL NOT NULL,
    "platform" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "username" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "bot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "chat" (
    "id" UUID NOT NULL,
    "bot_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "kind" "chat_kind" NOT NULL,
    "locale" TEXT,
    "awaiting" JSONB,
    "current_delivery_id" UUID,
    "unreachable_since" TIMESTAMPTZ(3),
    "unreachable_code" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "chat_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inbound_update" (
    "id" UUID NOT NULL,
    "bot_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "chat_external_id" TEXT,
    "payload" JSONB NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "handled_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "set_aside_at" TIMESTAMPTZ(3),

    CONSTRAINT "inbound_update_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" UUID NOT NULL,
    "cause_key" TEXT NOT NULL,
    "person_id" UUID,
    "kind" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "data" JSONB NOT NULL,
    "subject" TEXT,
    "state" "outbox_state" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" UUID NOT NULL,
    "outbox_id" UUID NOT NULL,
    "bot_id" UUID NOT NULL,
    "chat_id" UUID NOT NULL,
    "sequence" BIGSERIAL NOT NULL,
    "part" INTEGER NOT NULL DEFAULT 0,
    "operation" "operation" NOT NULL,
    "target_id" UUID,
    "priority" INTEGER NOT NULL,
    "not_before" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "retry_at" TIMESTAMPTZ(3),
    "state" "delivery_state" NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "in_flight_since" TIMESTAMPTZ(3),
    "platform_message_id" TEXT,
    "failure_code" TEXT,
    "content" JSONB,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "file" (
    "sha256" TEXT NOT NULL,
    "mime" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "file_pkey" PRIMARY KEY ("sha256")
);

-- CreateTable
CREATE TABLE "platform_file" (
    "sha256" TEXT NOT NULL,
    "bot_id" UUID NOT NULL,
    "file_id" TEXT NOT NULL,

    CONSTRAINT "platform_file_pkey" PRIMARY KEY ("sha256","bot_id")
);

-- CreateTable
CREATE TABLE "upload" (
    "id" UUID NOT NULL,
    "bot_id" UUID NOT NULL,
    "chat_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "update_id" UUID NOT NULL,
    "file_ref" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "caption" TEXT,
    "sha256" TEXT,
    "state" "upload_state" NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "upload_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "unit" (
    "id" UUID NOT NULL,
    "kind" "unit_kind" NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "attendance_target" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "dissolved_on" DATE,

    CONSTRAINT "unit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "unit_placement" (
    "id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "parent_id" UUID NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE,

    CONSTRAINT "unit_placement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "full_name" TEXT NOT NULL,
    "birth_date" DATE,
    "birth_year" INTEGER,
    "phone" TEXT,
    "admitted_on" DATE,
    "full_on" DATE,
    "locale" TEXT,
    "contact" "contact_way" NOT NULL DEFAULT 'chat',
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "membership" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "cell_id" UUID NOT NULL,
    "kind" "membership_kind" NOT NULL,
    "section" TEXT,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "exemption" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "kind" "exemption_kind" NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE,

    CONSTRAINT "exemption_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "appointment" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "unit_id" UUID,
    "role" "role" NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE,

    CONSTRAINT "appointment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "chat_link" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "chat_id" UUID NOT NULL,
    "linked_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "chat_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "code_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" UUID,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "used_chat_id" UUID,
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "code_guess" (
    "id" UUID NOT NULL,
    "chat_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "code_guess_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "consent" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "chat_id" UUID NOT NULL,
    "decision" "consent_decision" NOT NULL,
    "text_version" INTEGER NOT NULL,
    "locale" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "consent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ladder" (
    "cell_id" UUID NOT NULL,
    "offsets" INTEGER[],
    "set_by_id" UUID,
    "set_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ladder_pkey" PRIMARY KEY ("cell_id")
);

-- CreateTable
CREATE TABLE "reminder_plan" (
    "meeting_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "planned_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reminder_plan_pkey" PRIMARY KEY ("meeting_id")
);

-- CreateTable
CREATE TABLE "reminder_step" (
    "id" UUID NOT NULL,
    "meeting_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "offset_minutes" INTEGER NOT NULL,
    "audience" "step_audience" NOT NULL,
    "with_materials" BOOLEAN NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "state" "step_state" NOT NULL,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "reminder_step_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "nudge" (
    "id" UUID NOT NULL,
    "meeting_id" UUID NOT NULL,
    "by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "nudge_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "answer_meeting_id_person_id_key" ON "answer"("meeting_id", "person_id");

-- CreateIndex
CREATE INDEX "answer_event_meeting_id_person_id_at_idx" ON "answer_event"("meeting_id", "person_id", "at");

-- CreateIndex
CREATE INDEX "roll_call_due_at_idx" ON "roll_call"("due_at");

-- CreateIndex
CREATE INDEX "roll_call_event_meeting_id_at_idx" ON "roll_call_event"("meeting_id", "at");

-- CreateIndex
CREATE INDEX "guest_meeting_id_idx" ON "guest"("meeting_id");

-- CreateIndex
CREATE INDEX "digest_slot_due_at_idx" ON "digest_slot"("due_at");

-- CreateIndex
CREATE UNIQUE INDEX "digest_unit_id_kind_week_key" ON "digest"("unit_id", "kind", "week");

-- CreateIndex
CREATE INDEX "material_meeting_id_idx" ON "material"("meeting_id");

-- CreateIndex
CREATE INDEX "material_due_at_idx" ON "material"("due_at");

-- CreateIndex
CREATE INDEX "schedule_cell_id_idx" ON "schedule"("cell_id");

-- CreateIndex
CREATE INDEX "schedule_expand_at_idx" ON "schedule"("expand_at");

-- CreateIndex
CREATE INDEX "meeting_cell_id_starts_at_idx" ON "meeting"("cell_id", "starts_at");

-- CreateIndex
CREATE INDEX "meeting_starts_at_idx" ON "meeting"("starts_at");

-- CreateIndex
CREATE UNIQUE INDEX "meeting_schedule_id_occurrence_on_key" ON "meeting"("schedule_id", "occurrence_on");

-- CreateIndex
CREATE INDEX "meeting_change_meeting_id_idx" ON "meeting_change"("meeting_id");

-- CreateIndex
CREATE UNIQUE INDEX "day_exception_day_key" ON "day_exception"("day");

-- CreateIndex
CREATE UNIQUE INDEX "bot_lock_key_key" ON "bot"("lock_key");

-- CreateIndex
CREATE UNIQUE INDEX "bot_platform_external_id_key" ON "bot"("platform", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "chat_bot_id_external_id_key" ON "chat"("bot_id", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "inbound_update_bot_id_external_id_key" ON "inbound_update"("bot_id", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_cause_key_key" ON "outbox"("cause_key");

-- CreateIndex
CREATE INDEX "outbox_subject_state_idx" ON "outbox"("subject", "state");

-- CreateIndex
CREATE INDEX "outbox_person_id_idx" ON "outbox"("person_id");

-- CreateIndex
CREATE INDEX "delivery_chat_id_sequence_idx" ON "delivery"("chat_id", "sequence");

-- CreateIndex
CREATE INDEX "delivery_target_id_idx" ON "delivery"("target_id");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_outbox_id_chat_id_part_key" ON "delivery"("outbox_id", "chat_id", "part");

-- CreateIndex
CREATE INDEX "upload_state_due_at_idx" ON "upload"("state", "due_at");

-- CreateIndex
CREATE INDEX "unit_name_key_idx" ON "unit"("name_key");

-- CreateIndex
CREATE INDEX "unit_placement_parent_id_idx" ON "unit_placement"("parent_id");

-- CreateIndex
CREATE INDEX "unit_placement_unit_id_idx" ON "unit_placement"("unit_id");

-- CreateIndex
CREATE INDEX "membership_cell_id_idx" ON "membership"("cell_id");

-- CreateIndex
CREATE INDEX "membership_person_id_idx" ON "membership"("person_id");

-- CreateIndex
CREATE INDEX "exemption_person_id_idx" ON "exemption"("person_id");

-- CreateIndex
CREATE INDEX "appointment_person_id_idx" ON "appointment"("person_id");

-- CreateIndex
CREATE INDEX "appointment_unit_id_idx" ON "appointment"("unit_id");

-- CreateIndex
CREATE INDEX "chat_link_person_id_idx" ON "chat_link"("person_id");

-- CreateIndex
CREATE INDEX "chat_link_chat_id_idx" ON "chat_link"("chat_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_code_hash_key" ON "invitation"("code_hash");

-- CreateIndex
CREATE INDEX "invitation_person_id_idx" ON "invitation"("person_id");

-- CreateIndex
CREATE INDEX "code_guess_chat_id_at_idx" ON "code_guess"("chat_id", "at");

-- CreateIndex
CREATE INDEX "consent_person_id_at_idx" ON "consent"("person_id", "at");

-- CreateIndex
CREATE INDEX "reminder_step_state_due_at_idx" ON "reminder_step"("state", "due_at");

-- CreateIndex
CREATE UNIQUE INDEX "reminder_step_meeting_id_revision_offset_minutes_key" ON "reminder_step"("meeting_id", "revision", "offset_minutes");

-- CreateIndex
CREATE INDEX "nudge_meeting_id_at_idx" ON "nudge"("meeting_id", "at");

-- AddForeignKey
ALTER TABLE "answer" ADD CONSTRAINT "answer_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "meeting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "answer" ADD CONSTRAINT "answer_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "roll_call" ADD CONSTRAINT "roll_call_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "meeting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "roll_call_mark" ADD CONSTRAINT "roll_call_mark_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "roll_call"("meeting_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "roll_call_event" ADD CONSTRAINT "roll_call_event_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "roll_call"("meeting_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "guest" ADD CONSTRAINT "guest_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "roll_call"("meeting_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "digest_slot" ADD CONSTRAINT "digest_slot_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "digest" ADD CONSTRAINT "digest_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "material" ADD CONSTRAINT "material_cell_id_fkey" FOREIGN KEY ("cell_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "material" ADD CONSTRAINT "material_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "meeting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reading" ADD CONSTRAINT "reading_material_id_fkey" FOREIGN KEY ("material_id") REFERENCES "material"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reading" ADD CONSTRAINT "reading_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "schedule" ADD CONSTRAINT "schedule_cell_id_fkey" FOREIGN KEY ("cell_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "meeting" ADD CONSTRAINT "meeting_cell_id_fkey" FOREIGN KEY ("cell_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "meeting" ADD CONSTRAINT "meeting_schedule_id_fkey" FOREIGN KEY ("schedule_id") REFERENCES "schedule"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "meeting_change" ADD CONSTRAINT "meeting_change_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "meeting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat" ADD CONSTRAINT "chat_bot_id_fkey" FOREIGN KEY ("bot_id") REFERENCES "bot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inbound_update" ADD CONSTRAINT "inbound_update_bot_id_fkey" FOREIGN KEY ("bot_id") REFERENCES "bot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_outbox_id_fkey" FOREIGN KEY ("outbox_id") REFERENCES "outbox"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "platform_file" ADD CONSTRAINT "platform_file_sha256_fkey" FOREIGN KEY ("sha256") REFERENCES "file"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "platform_file" ADD CONSTRAINT "platform_file_bot_id_fkey" FOREIGN KEY ("bot_id") REFERENCES "bot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "unit_placement" ADD CONSTRAINT "unit_placement_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "unit_placement" ADD CONSTRAINT "unit_placement_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_cell_id_fkey" FOREIGN KEY ("cell_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "exemption" ADD CONSTRAINT "exemption_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat_link" ADD CONSTRAINT "chat_link_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat_link" ADD CONSTRAINT "chat_link_chat_id_fkey" FOREIGN KEY ("chat_id") REFERENCES "chat"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent" ADD CONSTRAINT "consent_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ladder" ADD CONSTRAINT "ladder_cell_id_fkey" FOREIGN KEY ("cell_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminder_plan" ADD CONSTRAINT "reminder_plan_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "meeting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminder_step" ADD CONSTRAINT "reminder_step_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "meeting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "nudge" ADD CONSTRAINT "nudge_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "meeting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
