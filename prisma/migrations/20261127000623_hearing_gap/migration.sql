-- AlterTable
ALTER TABLE "bot" ADD COLUMN     "heard_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "hearing_gap" (
    "id" UUID NOT NULL,
    "bot_id" UUID NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "until_at" TIMESTAMPTZ(3) NOT NULL,
    "asked_at" TIMESTAMPTZ(3),

    CONSTRAINT "hearing_gap_pkey" PRIMARY KEY ("id")
);

-- AddForeignKey
ALTER TABLE "hearing_gap" ADD CONSTRAINT "hearing_gap_bot_id_fkey" FOREIGN KEY ("bot_id") REFERENCES "bot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand: what the schema cannot say.

ALTER TABLE "hearing_gap" ADD CONSTRAINT hearing_gap_period CHECK (from_at < until_at);

-- The sweep looks for these alone.
CREATE INDEX hearing_gap_open ON hearing_gap (until_at) WHERE asked_at IS NULL;
