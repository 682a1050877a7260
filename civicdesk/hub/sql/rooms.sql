-- The hub decides who has a room: the first to reach it. Run at every upgrade, by the owner.

-- The rooms a booking holds and its run of five-minute slots, as the desks' triggers count them; nothing if it holds none.
CREATE OR REPLACE FUNCTION sync.holds(b app.booking) RETURNS TABLE (room_id text, during int8range) LANGUAGE sql STABLE AS $$
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

-- Bookings and claims by the key of each booking, which OFFSET 0 leaves as the only way: else PostgreSQL would read all
-- of a centre that it takes for an empty one.
CREATE OR REPLACE FUNCTION sync.bookings(p_tenant int, p_scope int, ids uuid[]) RETURNS SETOF app.booking LANGUAGE sql
STABLE AS $$
  SELECT b.* FROM unnest(ids) AS i CROSS JOIN LATERAL (
    SELECT * FROM app.booking WHERE tenant_id = p_tenant AND scope_id = p_scope AND id = i OFFSET 0) AS b
$$;

CREATE OR REPLACE FUNCTION sync.claims(p_tenant int, p_scope int, ids uuid[])
RETURNS TABLE (place tid, booking_id uuid, room_id text, during int8range) LANGUAGE sql STABLE AS $$
  SELECT c.* FROM unnest(ids) AS i CROSS JOIN LATERAL (
    SELECT c.ctid, c.booking_id, c.room_id, c.during FROM app.slot_claim AS c
    WHERE c.tenant_id = p_tenant AND c.scope_id = p_scope AND c.booking_id = i OFFSET 0) AS c
$$;

-- Bookings whose hold is another than what they claimed let go of the old and try the new, one after the other: first
-- what the hub had before, in the order it came, then what was pushed, the lower stamp and then the lower id first.
-- Who comes too late holds nothing, and its state says so under the hub's own stamp. Returns how many came too late.
CREATE OR REPLACE FUNCTION sync.claim_rooms(p_tenant int, p_scope int, pushed uuid[], others uuid[]) RETURNS int
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
DECLARE
  touched uuid[] := ARRAY(SELECT DISTINCT unnest(pushed || others));
  changed uuid[];
  late uuid[];
  first int8;
BEGIN
  WITH wanted AS (
    SELECT b.id, h.room_id, h.during FROM sync.bookings(p_tenant, p_scope, touched) AS b
      CROSS JOIN LATERAL sync.holds(b) AS h),
  held AS (SELECT booking_id, room_id, during FROM sync.claims(p_tenant, p_scope, touched))
  SELECT array_agg(DISTINCT differs.id) INTO changed FROM (
    (TABLE wanted EXCEPT TABLE held) UNION ALL (TABLE held EXCEPT TABLE wanted)) AS differs;
  IF changed IS NULL THEN RETURN 0; END IF;
  DELETE FROM app.slot_claim WHERE ctid = ANY (ARRAY(SELECT place FROM sync.claims(p_tenant, p_scope, changed)));
  late := sync.claim_in_turn(p_tenant, p_scope, pushed, changed);
  IF late = '{}' THEN RETURN 0; END IF;
  first := sync.next_seq(p_tenant, p_scope, cardinality(late));
  FOR n IN 1 .. cardinality(late) LOOP
    UPDATE app.booking SET state = 'clash', c_state = sync.hub_stamp(c_state), hub_at = now(), hub_seq = first + n
      WHERE tenant_id = p_tenant AND scope_id = p_scope AND id = late[n];
  END LOOP;
  RETURN cardinality(late);
END $$;

-- Claims for these bookings, in their turn; those that came too late. One that wants the parts of a divided room has
-- all of them or none, so with such a one they are asked one by one.
CREATE OR REPLACE FUNCTION sync.claim_in_turn(p_tenant int, p_scope int, pushed uuid[], changed uuid[]) RETURNS uuid[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
DECLARE
  one record;
  got int;
  late uuid[] := '{}';
BEGIN
  FOR one IN
    WITH wanted AS (
      SELECT b.id, array_agg(h.room_id) AS rooms, (array_agg(h.during))[1] AS during,
        row_number() OVER (ORDER BY b.id = ANY (pushed), CASE WHEN b.id = ANY (pushed)
          THEN greatest(c_slot, c_buffers, c_state, c_release, c_del) ELSE hub_seq END, b.id) AS turn
      FROM sync.bookings(p_tenant, p_scope, changed) AS b CROSS JOIN LATERAL sync.holds(b) AS h
      GROUP BY b.id, c_slot, c_buffers, c_state, c_release, c_del, hub_seq),
    runs AS (
      SELECT *, CASE WHEN max(cardinality(rooms)) OVER () > 1 THEN turn ELSE 0 END AS run FROM wanted)
    SELECT array_agg(id ORDER BY turn) AS ids, array_agg(rooms ORDER BY turn) AS rooms,
      array_agg(during ORDER BY turn) AS during FROM runs GROUP BY run ORDER BY run
  LOOP
    INSERT INTO app.slot_claim (tenant_id, scope_id, room_id, booking_id, during)
      SELECT p_tenant, p_scope, room, id, d FROM unnest(one.ids, one.during) WITH ORDINALITY AS x (id, d, n)
        CROSS JOIN LATERAL (SELECT one.rooms[n][r] AS room FROM generate_subscripts(one.rooms, 2) AS r) AS leaves
      ORDER BY n ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS got = ROW_COUNT;
    CONTINUE WHEN got = cardinality(one.rooms);
    late := late || ARRAY(
      SELECT id FROM unnest(one.ids) AS id WHERE array_length(one.rooms, 2) <> (SELECT count(*) FROM app.slot_claim AS c
        WHERE c.tenant_id = p_tenant AND c.scope_id = p_scope AND c.booking_id = id));
    DELETE FROM app.slot_claim WHERE ctid = ANY (ARRAY(SELECT place FROM sync.claims(p_tenant, p_scope, late)));
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
