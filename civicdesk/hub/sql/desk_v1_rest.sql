-- What a desk may do, version 1, second part: people to be forgotten, conflicts, and what travels by its content.

-- Pushed rows of people that were forgotten are emptied at once, and nothing of them is kept beside.
CREATE OR REPLACE FUNCTION sync.forget_pushed(p_tenant int, p_scope int, p_tbl text, p_ids uuid[]) RETURNS uuid[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  f record;
  words text[] := (SELECT personal FROM sync.shape WHERE tbl = p_tbl);
  aside int8[];
  first int8;
BEGIN
  PERFORM 1 FROM sync.erasure WHERE tenant_id = p_tenant AND scope_id = p_scope LIMIT 1;
  IF NOT FOUND THEN RETURN '{}'; END IF;
  EXECUTE format('SELECT * FROM sync.%I($1, $2, $3)', 'forget_' || p_tbl) INTO f USING p_tenant, p_scope, p_ids;
  IF f.told = '{}' THEN RETURN '{}'; END IF;
  DELETE FROM sync.hist WHERE tenant_id = p_tenant AND scope_id = p_scope AND tbl = p_tbl AND row_id = ANY (f.told)
    AND grp = ANY (words);
  aside := ARRAY(SELECT seq FROM sync.conflict WHERE tenant_id = p_tenant AND scope_id = p_scope AND tbl = p_tbl
    AND row_id = ANY (f.told) AND grp = ANY (words) AND loser <> '{}');
  IF aside <> '{}' THEN  -- desks that have them hear that they are settled
    first := sync.next_seq(p_tenant, p_scope, cardinality(aside));
    UPDATE sync.conflict SET loser = '{}', is_open = false, seq = first + n FROM unnest(aside) WITH ORDINALITY AS x (old, n)
      WHERE tenant_id = p_tenant AND scope_id = p_scope AND seq = old;
  END IF;
  RETURN f.emptied;
END $$;

-- A picture of an item goes when the last fact that named it was emptied.
CREATE OR REPLACE FUNCTION sync.photos_of(p_tenant int, p_scope int, p_ids uuid[]) RETURNS text[] LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(array_agg(p.sha256), '{}') FROM unnest(p_ids) AS i CROSS JOIN LATERAL (
    SELECT sha256 FROM app.mail_photo
    WHERE tenant_id = p_tenant AND scope_id = p_scope AND id = i AND day = sync.day_of(i) OFFSET 0) AS p
  WHERE p.sha256 <> ''
$$;

CREATE OR REPLACE FUNCTION sync.drop_photos(p_tenant int, p_scope int, p_sha256s text[]) RETURNS void LANGUAGE sql
SET search_path = pg_catalog, pg_temp AS $$
  WITH unnamed AS (
    DELETE FROM sync.blob AS b WHERE tenant_id = p_tenant AND scope_id = p_scope AND sha256 = ANY (p_sha256s)
      AND NOT EXISTS (SELECT 1 FROM app.mail_photo AS p
        WHERE p.tenant_id = p_tenant AND p.scope_id = p_scope AND p.sha256 = b.sha256)
    RETURNING sha256)
  DELETE FROM sync.blob_part WHERE tenant_id = p_tenant AND scope_id = p_scope AND sha256 IN (SELECT sha256 FROM unnamed)
$$;

CREATE OR REPLACE FUNCTION sync_v1.erase(p_subject uuid, p_reason text) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  mine sync.credential := sync.me();
  first int8 := sync.next_seq(mine.tenant_id, mine.scope_id, 1);
  part text;
  ids uuid[];
BEGIN
  INSERT INTO sync.erasure (tenant_id, scope_id, subject_id, seq, reason, role)
    VALUES (mine.tenant_id, mine.scope_id, p_subject, first + 1, left(coalesce(p_reason, ''), 500), mine.role)
    ON CONFLICT (tenant_id, scope_id, subject_id) DO NOTHING;
  IF NOT FOUND THEN RETURN; END IF;
  FOR part IN SELECT tbl FROM sync.shape WHERE personal <> '{}' LOOP
    ids := sync.forget_pushed(mine.tenant_id, mine.scope_id, part, NULL);
    CONTINUE WHEN ids = '{}';
    first := sync.next_seq(mine.tenant_id, mine.scope_id, cardinality(ids));
    EXECUTE format('UPDATE app.%I AS t SET hub_seq = $4 + n, hub_at = now() FROM unnest($3) WITH ORDINALITY AS x (i, n)
      WHERE t.tenant_id = $1 AND t.scope_id = $2 AND t.id = i', part)
      USING mine.tenant_id, mine.scope_id, ids, first;
    PERFORM sync.raise_head(mine.tenant_id, mine.scope_id, part, first + cardinality(ids));
  END LOOP;
END $$;

CREATE OR REPLACE FUNCTION sync_v1.erasures(p_after int8) RETURNS json LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(json_agg(json_build_object('seq', e.seq, 'subject_id', replace(e.subject_id::text, '-', ''),
      'at', sync.instant(e.at), 'reason', e.reason) ORDER BY e.seq), '[]'::json)
  FROM sync.erasure AS e JOIN sync.me() AS mine USING (tenant_id, scope_id) WHERE e.seq > p_after
$$;

CREATE OR REPLACE FUNCTION sync_v1.acknowledge(p_subject uuid) RETURNS void LANGUAGE sql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO sync.erasure_ack (tenant_id, scope_id, subject_id, role)
  SELECT tenant_id, scope_id, p_subject, mine.role FROM sync.me() AS mine JOIN sync.erasure AS e USING (tenant_id, scope_id)
  WHERE e.subject_id = p_subject ON CONFLICT DO NOTHING
$$;

-- One cursor for both scopes: before a table is shared by the whole municipality, conflicts in it need a place of their own.
CREATE OR REPLACE FUNCTION sync_v1.inbox(p_after int8) RETURNS json LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(json_agg(json_build_object('seq', c.seq, 'id', c.id, 'table', c.tbl,
      'row_id', replace(c.row_id::text, '-', ''), 'group', c.grp, 'loser', c.loser, 'loser_stamp', c.loser_stamp,
      'winner_stamp', c.winner_stamp, 'at', sync.instant(c.at), 'is_open', c.is_open) ORDER BY c.seq), '[]'::json)
  FROM (SELECT c.* FROM sync.conflict AS c JOIN sync.me() AS mine USING (tenant_id)
        WHERE c.scope_id IN (0, mine.scope_id) AND c.seq > p_after ORDER BY c.seq LIMIT 5000) AS c
$$;

CREATE OR REPLACE FUNCTION sync_v1.settle(p_conflict uuid) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  mine sync.credential := sync.me();
  c sync.conflict;
BEGIN
  SELECT * INTO c FROM sync.conflict WHERE tenant_id = mine.tenant_id AND scope_id IN (0, mine.scope_id)
    AND id = p_conflict AND is_open;
  IF c.id IS NULL THEN RETURN; END IF;
  UPDATE sync.conflict SET is_open = false, seq = sync.next_seq(c.tenant_id, c.scope_id, 1) + 1
    WHERE tenant_id = c.tenant_id AND scope_id = c.scope_id AND id = p_conflict AND is_open;
END $$;

CREATE OR REPLACE FUNCTION sync_v1.blob_have(p_sha256s text[]) RETURNS SETOF text LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT b.sha256 FROM sync.blob AS b JOIN sync.me() AS mine USING (tenant_id, scope_id)
  WHERE b.complete AND b.sha256 = ANY (p_sha256s)
$$;

-- A piece is taken where the last one ended. Whole and not what its name says: all of it is thrown away.
CREATE OR REPLACE FUNCTION sync_v1.blob_put(p_sha256 text, p_offset int8, p_bytes bytea, p_size int8) RETURNS int8
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  mine sync.credential := sync.me();
  b sync.blob;
BEGIN
  IF p_sha256 !~ '^[0-9a-f]{64}$' OR p_size NOT BETWEEN 0 AND (SELECT blob_limit FROM sync.meta)
      OR length(p_bytes) > 4194304 THEN
    PERFORM sync.refuse('too_big');
  END IF;
  INSERT INTO sync.blob (tenant_id, scope_id, sha256, size) VALUES (mine.tenant_id, mine.scope_id, p_sha256, p_size)
    ON CONFLICT DO NOTHING;
  SELECT * INTO b FROM sync.blob WHERE tenant_id = mine.tenant_id AND scope_id = mine.scope_id AND sha256 = p_sha256
    FOR UPDATE;
  IF NOT b.complete AND p_offset = 0 AND p_size <> b.size THEN  -- another's wrong beginning bars nobody
    DELETE FROM sync.blob_part WHERE tenant_id = mine.tenant_id AND scope_id = mine.scope_id AND sha256 = p_sha256;
    UPDATE sync.blob SET size = p_size, held = 0
      WHERE tenant_id = mine.tenant_id AND scope_id = mine.scope_id AND sha256 = p_sha256 RETURNING * INTO b;
  END IF;
  IF b.complete OR p_offset <> b.held OR p_size <> b.size OR b.held + length(p_bytes) > b.size THEN RETURN b.held; END IF;
  IF length(p_bytes) > 0 THEN
    INSERT INTO sync.blob_part (tenant_id, scope_id, sha256, starts, bytes)
      VALUES (mine.tenant_id, mine.scope_id, p_sha256, p_offset, p_bytes);
  END IF;
  b.held := b.held + length(p_bytes);
  b.complete := b.held = b.size;
  IF b.complete AND p_sha256 <> encode(sha256(coalesce((SELECT string_agg(bytes, '' ORDER BY starts) FROM sync.blob_part
      WHERE tenant_id = mine.tenant_id AND scope_id = mine.scope_id AND sha256 = p_sha256), '')), 'hex') THEN
    DELETE FROM sync.blob_part WHERE tenant_id = mine.tenant_id AND scope_id = mine.scope_id AND sha256 = p_sha256;
    DELETE FROM sync.blob WHERE tenant_id = mine.tenant_id AND scope_id = mine.scope_id AND sha256 = p_sha256;
    RETURN 0;
  END IF;
  UPDATE sync.blob SET held = b.held, complete = b.complete
    WHERE tenant_id = mine.tenant_id AND scope_id = mine.scope_id AND sha256 = p_sha256;
  RETURN b.held;
END $$;

CREATE OR REPLACE FUNCTION sync_v1.blob_get(p_sha256 text, p_offset int8, p_length int) RETURNS bytea LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(string_agg(substr(p.bytes, greatest(p_offset - p.starts, 0)::int + 1,
      (least(p_offset + p_length, p.starts + length(p.bytes)) - greatest(p_offset, p.starts))::int), '' ORDER BY p.starts), '')
  FROM sync.me() AS mine JOIN sync.blob AS b USING (tenant_id, scope_id) JOIN sync.blob_part AS p USING (tenant_id, scope_id, sha256)
  WHERE b.sha256 = p_sha256 AND b.complete AND p_offset >= 0 AND p_length BETWEEN 1 AND 4194304
    AND p.starts < p_offset + p_length AND p.starts + length(p.bytes) > p_offset
$$;
