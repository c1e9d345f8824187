-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "quiet_from" TEXT,
ADD COLUMN     "quiet_to" TEXT,
ADD COLUMN     "quiet_zone" TEXT;

-- Whether a message waits at `now`: it is between `quiet_from` and `quiet_to` on the clocks of `zone` (over midnight
-- where from > to), and there is still use for it when they end.
CREATE FUNCTION is_quiet(now timestamptz, zone text, quiet_from text, quiet_to text, expires_at timestamptz)
RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN quiet_from > quiet_to THEN local.hour >= quiet_from::time OR local.hour < quiet_to::time
      ELSE local.hour >= quiet_from::time AND local.hour < quiet_to::time END
    AND ((local.day + CASE WHEN local.hour < quiet_to::time THEN 0 ELSE 1 END + quiet_to::time) AT TIME ZONE zone) < expires_at
  FROM (SELECT (now AT TIME ZONE zone)::time AS hour, (now AT TIME ZONE zone)::date AS day) local
$$;
