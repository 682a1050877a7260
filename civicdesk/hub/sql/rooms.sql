-- The hub decides who has a room: the first to reach it. Run at every upgrade, by the owner.

-- The rooms a booking holds and its run of five-minute slots, as the desks' triggers count them; nothing if it holds none.
CREATE OR REPLACE FUNCTION sync.holds(b app.booking) RETURNS TABLE (room_id text, during int8range) LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
  WITH run AS (
    SELECT (floor(extract(epoch FROM b.starts_at::timestamptz))::int8 - coalesce(b.setup_minutes, 0) * 60) / 300 AS begins,
      (least(floor(extract(epoch FROM b.ends_at::timestamptz))::int8 + coalesce(b.clear_minutes, 0) * 60,
             coalesce(floor(extract(epoch FROM b.released_at::timestamptz))::int8, 9000000000000)) + 299) / 300 AS ends
    WHERE b.state IN ('tentative', 'confirmed', 'no_show') AND b.deleted_at IS NULL
      AND b.room_id IS NOT NULL AND b.starts_at IS NOT NULL AND b.ends_at IS NOT NULL),
  parts AS (
    SELECT replace(id::text, '-', '') AS id FROM app.room
    WHERE tenant_id = b.tenant_id AND scope_id = b.scope_id AND part_of_id = b.room_id)
  SELECT leaf.id, int8range(run.begins, run.ends)
  FROM run CROSS JOIN (SELECT id FROM parts UNION ALL SELECT b.room_id WHERE NOT EXISTS (SELECT 1 FROM parts)) AS leaf
  WHERE run.begins < run.ends
$$;

-- Bookings whose hold is another than what they claimed let go of the old and try the new, one after the other: first
-- what the hub had before, in the order it came, then what was pushed, the lower stamp and then the lower id first.
-- Who comes too late holds nothing, and its state says so under the hub's own stamp. Returns how many came too late.
CREATE OR REPLACE FUNCTION sync.claim_rooms(p_tenant int, p_scope int, pushed uuid[], others uuid[]) RETURNS int
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  b app.booking;
  late int := 0;
  wanted int;
  got int;
  changed uuid[];
BEGIN
  SELECT array_agg(booking.id) INTO changed FROM app.booking
  WHERE tenant_id = p_tenant AND scope_id = p_scope AND id = ANY (pushed || others)
    AND (SELECT array_agg((h.room_id, h.during)::text ORDER BY h.room_id) FROM sync.holds(booking) AS h)
      IS DISTINCT FROM
      (SELECT array_agg((c.room_id, c.during)::text ORDER BY c.room_id) FROM app.slot_claim AS c
       WHERE c.tenant_id = p_tenant AND c.scope_id = p_scope AND c.booking_id = booking.id);
  IF changed IS NULL THEN RETURN 0; END IF;
  DELETE FROM app.slot_claim WHERE tenant_id = p_tenant AND scope_id = p_scope AND booking_id = ANY (changed);
  FOR b IN
    SELECT booking.* FROM app.booking
    WHERE tenant_id = p_tenant AND scope_id = p_scope AND id = ANY (changed)
    ORDER BY id = ANY (pushed), CASE WHEN id = ANY (pushed)
        THEN greatest(c_slot, c_buffers, c_state, c_release, c_del) ELSE hub_seq END, id
  LOOP
    SELECT count(*) INTO wanted FROM sync.holds(b);
    INSERT INTO app.slot_claim (tenant_id, scope_id, room_id, booking_id, during)
      SELECT p_tenant, p_scope, h.room_id, b.id, h.during FROM sync.holds(b) AS h ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS got = ROW_COUNT;
    CONTINUE WHEN got = wanted;
    DELETE FROM app.slot_claim WHERE tenant_id = p_tenant AND scope_id = p_scope AND booking_id = b.id;
    UPDATE app.booking SET state = 'clash', c_state = sync.hub_stamp(c_state), hub_at = now(),
        hub_seq = sync.next_seq(p_tenant, p_scope, 1) + 1
      WHERE tenant_id = p_tenant AND scope_id = p_scope AND id = b.id;
    late := late + 1;
  END LOOP;
  RETURN late;
END $$;

-- The bookings of rooms that a pushed room divides, or makes whole again.
CREATE OR REPLACE FUNCTION sync.bookings_around(p_tenant int, p_scope int, rooms uuid[]) RETURNS uuid[] LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
  WITH named AS (
    SELECT replace(id::text, '-', '') AS id, part_of_id FROM app.room
    WHERE tenant_id = p_tenant AND scope_id = p_scope AND id = ANY (rooms)),
  around AS (SELECT id FROM named UNION SELECT part_of_id FROM named)
  SELECT array_agg(DISTINCT found.id) FROM (
    SELECT id FROM app.booking WHERE tenant_id = p_tenant AND scope_id = p_scope AND room_id IN (SELECT id FROM around)
    UNION SELECT booking_id FROM app.slot_claim
    WHERE tenant_id = p_tenant AND scope_id = p_scope AND room_id IN (SELECT id FROM around)) AS found
$$;
