-- What a desk may do: the port of civicdesk/sync/port.py, version 1. Run at every upgrade, by the owner.
-- Every function finds out by itself who is asking (session_user); nothing a desk says about itself is believed.

CREATE OR REPLACE FUNCTION sync_v1.hello(p_incarnation uuid, p_contract int) RETURNS json LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  mine sync.credential := sync.me();
  d sync.desk;
BEGIN
  UPDATE sync.desk SET last_seen = now(), contract = p_contract
    WHERE role = session_user AND incarnation = p_incarnation RETURNING * INTO d;
  IF d.status = 'revoked' THEN PERFORM sync.refuse('revoked'); END IF;
  RETURN (SELECT json_build_object(
    'now_ms', sync.now_ms(), 'epoch', sync.epoch(), 'chain', d.chain, 'node', coalesce(d.node, 0),
    'tenant', mine.tenant_id, 'scopes', json_build_array(0, mine.scope_id),
    'contract', json_build_array(m.contract_min, m.contract_max),
    'gc_floor', (SELECT json_object_agg(scope_id, gc_floor) FROM sync.scope
                 WHERE tenant_id = mine.tenant_id AND scope_id IN (0, mine.scope_id)),
    'head', (SELECT json_object_agg(scope_id, seq) FROM sync.scope
             WHERE tenant_id = mine.tenant_id AND scope_id IN (0, mine.scope_id)),
    'recovering', coalesce(d.recovers_until > now(), false)) FROM sync.meta AS m);
END $$;

CREATE OR REPLACE FUNCTION sync_v1.enrol(p_incarnation uuid, p_previous uuid) RETURNS int LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  mine sync.credential := sync.me();
  d sync.desk;
  new_node int;
BEGIN
  PERFORM 1 FROM sync.credential WHERE role = session_user FOR UPDATE;
  SELECT * INTO d FROM sync.desk WHERE role = session_user AND incarnation = p_incarnation;
  IF d.status = 'active' THEN RETURN d.node; END IF;
  IF d.status IS NOT NULL THEN PERFORM sync.refuse('revoked'); END IF;
  IF (SELECT count(*) FROM sync.desk WHERE role = session_user) >= (SELECT incarnation_limit FROM sync.meta) THEN
    PERFORM sync.refuse('unknown_desk');
  END IF;
  UPDATE sync.tenant SET next_node = next_node + 1 WHERE tenant_id = mine.tenant_id RETURNING next_node - 1 INTO new_node;
  INSERT INTO sync.desk (role, incarnation, tenant_id, scope_id, node, previous, last_seen, recovers_until)
    VALUES (session_user, p_incarnation, mine.tenant_id, mine.scope_id, new_node, p_previous, now(),
      (SELECT max(recovers_until) FROM sync.desk WHERE role = session_user));
  RETURN new_node;
END $$;

-- The incarnation that asks, if it may.
CREATE OR REPLACE FUNCTION sync.my_desk(p_incarnation uuid, mine sync.credential) RETURNS sync.desk LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE d sync.desk;
BEGIN
  SELECT * INTO d FROM sync.desk WHERE role = mine.role AND incarnation = p_incarnation;
  IF d.status IS NULL OR d.status = 'retired' THEN PERFORM sync.refuse('unknown_desk'); END IF;
  IF d.status = 'revoked' THEN PERFORM sync.refuse('revoked'); END IF;
  RETURN d;
END $$;

-- Refuses what cannot be rows, naming all of them.
CREATE OR REPLACE FUNCTION sync.check_rows(p_rows jsonb) RETURNS void LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  bad jsonb;
  more jsonb;
  part record;
BEGIN
  IF p_rows IS NULL OR jsonb_typeof(p_rows) <> 'array' THEN PERFORM sync.refuse('row'); END IF;
  SELECT coalesce(jsonb_agg(jsonb_build_array(t, i)), '[]') INTO bad FROM (
    SELECT coalesce(r->>'t', '') AS t, coalesce(r->>'i', '') AS i FROM jsonb_array_elements(p_rows) AS x (r)
    GROUP BY 1, 2
    HAVING count(*) > 1 OR coalesce(r->>'i', '') !~ '^[0-9a-f]{32}$'
      OR coalesce(r->>'t', '') NOT IN (SELECT tbl FROM sync.shape)) AS f;
  FOR part IN
    SELECT s.tbl, array_agg(r) AS rows FROM jsonb_array_elements(p_rows) AS x (r) JOIN sync.shape AS s ON s.tbl = r->>'t'
    GROUP BY 1
  LOOP
    EXECUTE format('SELECT jsonb_agg(jsonb_build_array(%L, f)) FROM sync.%I($1) AS f', part.tbl, 'faults_' || part.tbl)
      INTO more USING part.rows;
    bad := bad || coalesce(more, '[]');
  END LOOP;
  IF bad <> '[]' THEN PERFORM sync.refuse('row', bad); END IF;
END $$;

-- Refuses stamps that are ahead of the clock, or of another desk.
CREATE OR REPLACE FUNCTION sync.check_stamps(p_rows jsonb, p_node int, p_recovers boolean) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  latest int8 := sync.now_ms() + 300000;
  found record;
BEGIN
  SELECT jsonb_agg(DISTINCT about) FILTER (WHERE st >> 21 > latest) AS ahead,
         jsonb_agg(DISTINCT about) FILTER (WHERE st & 32767 <> p_node) AS foreign_
  INTO found FROM (
    SELECT jsonb_build_array(r->'t', r->'i') AS about, (c.value->>0)::int8 AS st
    FROM jsonb_array_elements(p_rows) AS x (r) CROSS JOIN LATERAL jsonb_each(r->'g') AS c) AS cells
  WHERE st >> 21 > latest OR st & 32767 <> p_node;
  IF found.ahead IS NOT NULL THEN PERFORM sync.refuse('future_stamp', found.ahead); END IF;
  IF found.foreign_ IS NOT NULL AND NOT p_recovers THEN PERFORM sync.refuse('foreign_node', found.foreign_); END IF;
END $$;

CREATE OR REPLACE FUNCTION sync_v1.push(p_incarnation uuid, p_chain text, p_payload text) RETURNS json LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  mine sync.credential := sync.me();
  d sync.desk;
  m sync.meta;
  payload jsonb;
  recovers boolean;
  part record;
  got record;
  next int8[];
  newest int8;
  merged int := 0;
  filed int := 0;
  late int := 0;
  bookings uuid[] := '{}';
  others uuid[] := '{}';
  photos text[] := '{}';
  new_chain text;
BEGIN
  SELECT * INTO m FROM sync.meta;
  IF length(p_payload) > m.payload_limit THEN PERFORM sync.refuse('too_big'); END IF;
  PERFORM 1 FROM sync.desk WHERE role = session_user AND incarnation = p_incarnation FOR UPDATE;
  d := sync.my_desk(p_incarnation, mine);
  IF p_chain IS DISTINCT FROM d.chain THEN PERFORM sync.refuse('chain'); END IF;
  new_chain := encode(sha256(convert_to(p_chain || p_payload, 'UTF8')), 'hex');
  payload := p_payload::jsonb;
  IF sync.is_int8(payload->'contract') IS NOT TRUE
      OR (payload->>'contract')::int8 NOT BETWEEN m.contract_min AND m.contract_max THEN
    PERFORM sync.refuse('contract');
  END IF;
  recovers := coalesce(payload->>'recovery' = m.hub_epoch::text AND d.recovers_until > now(), false);
  PERFORM sync.check_rows(payload->'rows');
  PERFORM sync.check_stamps(payload->'rows', d.node, recovers);

  -- Held to the commit, centre 0 first: numbers become visible in their own order, and nobody waits in a circle.
  FOR part IN
    SELECT DISTINCT CASE WHEN s.is_tenant_wide THEN 0 ELSE 1 END AS i, CASE WHEN s.is_tenant_wide THEN 0 ELSE mine.scope_id END AS scope
    FROM jsonb_array_elements(payload->'rows') AS x (r) JOIN sync.shape AS s ON s.tbl = r->>'t' ORDER BY 1
  LOOP
    SELECT seq INTO newest FROM sync.scope WHERE tenant_id = mine.tenant_id AND scope_id = part.scope FOR UPDATE;
    next[part.i] := newest;
  END LOOP;

  FOR part IN
    SELECT s.tbl, s.personal, CASE WHEN s.is_tenant_wide THEN 0 ELSE 1 END AS i,
      CASE WHEN s.is_tenant_wide THEN 0 ELSE mine.scope_id END AS scope, array_agg(r ORDER BY n) AS rows,
      array_agg((r->>'i')::uuid ORDER BY n) AS ids, count(*) + sum((SELECT count(*) FROM jsonb_object_keys(r->'g'))) AS numbers
    FROM jsonb_array_elements(payload->'rows') WITH ORDINALITY AS x (r, n) JOIN sync.shape AS s ON s.tbl = r->>'t'
    GROUP BY s.tbl ORDER BY s.place
  LOOP
    IF part.tbl = 'room' THEN others := sync.bookings_around(mine.tenant_id, mine.scope_id, part.ids); END IF;
    IF part.tbl = 'mail_photo' THEN photos := sync.photos_of(mine.tenant_id, part.scope, part.ids); END IF;
    EXECUTE format('SELECT * FROM sync.%I($1, $2, $3, $4, $5, $6, $7)', 'merge_' || part.tbl)
      INTO got USING mine.tenant_id, part.scope, mine.role, d.node, recovers, next[part.i], part.rows;
    merged := merged + got.merged;
    filed := filed + got.filed;
    IF part.tbl = 'room' THEN
      others := others || sync.bookings_around(mine.tenant_id, mine.scope_id, part.ids);
    ELSIF part.tbl = 'booking' THEN
      bookings := part.ids;
    END IF;
    IF got.merged > 0 THEN
      PERFORM sync.raise_head(mine.tenant_id, part.scope, part.tbl, next[part.i] + cardinality(part.ids));
    END IF;
    IF photos <> '{}' THEN PERFORM sync.drop_photos(mine.tenant_id, part.scope, photos); END IF;
    -- One number for each row and, after those, one for each group that may be filed as a conflict.
    CONTINUE WHEN got.merged = 0 AND got.filed = 0;
    next[part.i] := next[part.i] + part.numbers::int8;
    UPDATE sync.scope SET seq = next[part.i] WHERE tenant_id = mine.tenant_id AND scope_id = part.scope;
    CONTINUE WHEN part.personal = '{}';
    PERFORM sync.forget_pushed(mine.tenant_id, part.scope, part.tbl, part.ids);
    SELECT seq INTO newest FROM sync.scope WHERE tenant_id = mine.tenant_id AND scope_id = part.scope;
    next[part.i] := newest;
  END LOOP;

  IF bookings <> '{}' OR others <> '{}' THEN
    late := sync.claim_rooms(mine.tenant_id, mine.scope_id, bookings, others);
    IF late > 0 THEN
      PERFORM sync.raise_head(mine.tenant_id, mine.scope_id, 'booking', seq) FROM sync.scope
        WHERE tenant_id = mine.tenant_id AND scope_id = mine.scope_id;
    END IF;
  END IF;
  UPDATE sync.desk SET chain = new_chain, last_seen = now() WHERE role = session_user AND incarnation = p_incarnation;
  INSERT INTO sync.receipt (tenant_id, scope_id, role, incarnation, chain, rows, merged)
    VALUES (mine.tenant_id, mine.scope_id, mine.role, p_incarnation, new_chain,
            jsonb_array_length(payload->'rows'), merged);
  RETURN json_build_object('chain', new_chain, 'merged', merged, 'clashes', late, 'conflicts', filed);
END $$;

-- (SELECT $1) hides from PostgreSQL which centre it is: for one that is in no statistics it would read the whole of it.
CREATE OR REPLACE FUNCTION sync_v1.pull(p_incarnation uuid, p_scope int, p_after int8, p_limit int) RETURNS json
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  tenant int := sync.must_be_mine(p_scope);
  newest int8;
  tables text[];
  last_seen int8;
  seen int8;
  enough int := least(greatest(p_limit, 1), 20000);
  lines text;
BEGIN
  PERFORM sync.my_desk(p_incarnation, sync.me());
  SELECT seq INTO newest FROM sync.scope WHERE tenant_id = tenant AND scope_id = p_scope;
  SELECT array_agg(tbl) INTO tables FROM sync.head WHERE tenant_id = tenant AND scope_id = p_scope AND seq > p_after;
  IF tables IS NULL THEN
    RETURN json_build_object('rows', '[]'::json, 'until', coalesce(newest, p_after), 'more', false);
  END IF;
  EXECUTE 'SELECT max(seq) FILTER (WHERE n <= $4), max(n) FROM (SELECT seq, row_number() OVER (ORDER BY seq) AS n FROM ('
    || (SELECT string_agg(format('(SELECT hub_seq AS seq FROM app.%I WHERE tenant_id = (SELECT $1)
          AND scope_id = (SELECT $2) AND hub_seq > $3 AND hub_seq > 0 ORDER BY hub_seq LIMIT $4 + 1)', tbl), ' UNION ALL ')
        FROM unnest(tables) AS tbl)
    || ') AS listed ORDER BY seq LIMIT $4 + 1) AS page'
    INTO last_seen, seen USING tenant, p_scope, p_after, enough;
  EXECUTE 'SELECT string_agg(line, '','' ORDER BY seq) FROM ('
    || (SELECT string_agg(format('SELECT hub_seq AS seq, sync.%I(t) AS line FROM app.%I AS t WHERE tenant_id = (SELECT $1)
          AND scope_id = (SELECT $2) AND hub_seq > $3 AND hub_seq <= $4 AND hub_seq > 0', 'line_' || tbl, tbl), ' UNION ALL ')
        FROM unnest(tables) AS tbl)
    || ') AS page' INTO lines USING tenant, p_scope, p_after, last_seen;
  RETURN ('{"rows":[' || coalesce(lines, '') || '],"until":' || CASE WHEN seen > enough THEN last_seen ELSE newest END
    || ',"more":' || (seen > enough)::text || '}')::json;
END $$;

CREATE OR REPLACE FUNCTION sync_v1.digest(p_scope int, p_table text, p_groups text[]) RETURNS json LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  tenant int := sync.must_be_mine(p_scope);
  buckets json;
  low text;
  high text;
BEGIN
  PERFORM 1 FROM sync.shape WHERE tbl = p_table;
  IF NOT FOUND THEN PERFORM sync.refuse('row'); END IF;
  SELECT string_agg(format('%s * (%I & 4294967295)', n, 'c_' || g), ' + '),
         string_agg(format('%s * (%I >> 32)', n, 'c_' || g), ' + ')
    INTO low, high FROM unnest(p_groups) WITH ORDINALITY AS x (g, n) JOIN sync.shape AS s ON s.tbl = p_table AND g = ANY (s.groups);
  low := coalesce(low, '0');
  high := coalesce(high, '0');
  EXECUTE format('SELECT json_object_agg(b, json_build_array(n, low, high)) FROM (
      SELECT get_byte(uuid_send(id), 15) AS b, count(*) AS n, sum(%s) AS low, sum(%s) AS high FROM app.%I
      WHERE tenant_id = $1 AND scope_id = $2 GROUP BY 1) AS sums', low, high, p_table)
    INTO buckets USING tenant, p_scope;
  RETURN json_build_object('buckets', coalesce(buckets, '{}'::json), 'head',
    (SELECT seq FROM sync.scope WHERE tenant_id = tenant AND scope_id = p_scope));
END $$;

CREATE OR REPLACE FUNCTION sync_v1.bucket(p_scope int, p_table text, p_bucket int) RETURNS json LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  tenant int := sync.must_be_mine(p_scope);
  lines text;
BEGIN
  PERFORM 1 FROM sync.shape WHERE tbl = p_table;
  IF NOT FOUND THEN PERFORM sync.refuse('row'); END IF;
  EXECUTE format('SELECT string_agg(sync.%I(t), '','' ORDER BY hub_seq) FROM app.%I AS t
      WHERE tenant_id = $1 AND scope_id = $2 AND get_byte(uuid_send(id), 15) = $3', 'line_' || p_table, p_table)
    INTO lines USING tenant, p_scope, p_bucket;
  RETURN ('[' || coalesce(lines, '') || ']')::json;
END $$;
