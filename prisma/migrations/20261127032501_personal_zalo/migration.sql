-- AlterTable
ALTER TABLE "bot" ADD COLUMN     "state_code" TEXT,
ADD COLUMN     "strangers_quota" INTEGER;

-- AlterTable
ALTER TABLE "chat" ADD COLUMN     "wrote_at" TIMESTAMPTZ(3);

-- By hand: a chat was made when somebody first wrote in it; and whom a bot has written to within a day, tried or done.
UPDATE chat SET wrote_at = created_at;
ALTER TABLE bot ADD CONSTRAINT bot_strangers CHECK (strangers_quota > 0);

CREATE FUNCTION was_written(chat uuid, at timestamptz) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT EXISTS (SELECT FROM delivery d WHERE d.chat_id = chat AND d.operation = 'send' AND d.attempts > 0
    AND (d.finished_at IS NULL OR d.finished_at > at - interval '1 day'))
$$;
