-- Who is asking, and the second wall. Run at every upgrade, by the owner.

CREATE OR REPLACE FUNCTION sync.my_tenant() RETURNS int LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT tenant_id FROM sync.credential WHERE role = session_user AND status = 'active' $$;

CREATE OR REPLACE FUNCTION sync.my_scopes() RETURNS int[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT ARRAY[0, scope_id] FROM sync.credential WHERE role = session_user AND status = 'active' $$;

CREATE OR REPLACE FUNCTION sync.reader_tenant() RETURNS int LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT tenant_id FROM sync.reader WHERE role = session_user $$;

-- Whoever looks after the hub: may become its owner, which no desk may.
CREATE OR REPLACE FUNCTION sync.is_keeper() RETURNS boolean LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS
$$ SELECT pg_has_role(session_user, 'civicdesk_hub', 'MEMBER') $$;

-- Whether this is still the database, of the server, in the life, in which the epoch began; else it was put back from a
-- backup, or a copy took its place, and may have lost what desks gave it.
CREATE OR REPLACE FUNCTION sync.is_as_left() RETURNS boolean LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
  SELECT m.timeline = c.timeline_id AND m.system_identifier = s.system_identifier AND m.database_oid = d.oid
  FROM sync.meta AS m, pg_control_checkpoint() AS c, pg_control_system() AS s, pg_database AS d
  WHERE d.datname = current_database()
$$;

-- What desks compare: the epoch, or what nobody has seen before when the hub was put back and nobody said so.
CREATE OR REPLACE FUNCTION sync.epoch() RETURNS uuid LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE WHEN sync.is_as_left() THEN m.hub_epoch
    ELSE md5(concat(m.hub_epoch, c.timeline_id, s.system_identifier, d.oid))::uuid END
  FROM sync.meta AS m, pg_control_checkpoint() AS c, pg_control_system() AS s, pg_database AS d
  WHERE d.datname = current_database()
$$;

-- Milliseconds since 2024-01-01 UTC.
CREATE OR REPLACE FUNCTION sync.now_ms() RETURNS int8 LANGUAGE sql VOLATILE
SET search_path = pg_catalog, pg_temp AS
$$ SELECT (extract(epoch FROM clock_timestamp()) * 1000)::int8 - 1704067200000 $$;

-- A stamp of the hub's own (node 0), later than `above`.
CREATE OR REPLACE FUNCTION sync.hub_stamp(above int8) RETURNS int8 LANGUAGE sql VOLATILE
SET search_path = pg_catalog, pg_temp AS
$$ SELECT greatest(sync.now_ms() << 21, ((above >> 15) + 1) << 15) $$;

CREATE OR REPLACE FUNCTION sync.next_seq(p_tenant int, p_scope int, n int8) RETURNS int8 LANGUAGE sql
SET search_path = pg_catalog, pg_temp AS $$
  UPDATE sync.scope SET seq = seq + n WHERE tenant_id = p_tenant AND scope_id = p_scope RETURNING seq - n
$$;

CREATE OR REPLACE FUNCTION sync.raise_head(p_tenant int, p_scope int, p_tbl text, p_seq int8) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO sync.head (tenant_id, scope_id, tbl, seq) VALUES (p_tenant, p_scope, p_tbl, p_seq)
  ON CONFLICT (tenant_id, scope_id, tbl) DO UPDATE SET seq = greatest(head.seq, excluded.seq)
$$;

-- The day an id was made, from a UUIDv7; 1970 for any other, which the partition of the rest takes.
CREATE OR REPLACE FUNCTION sync.day_of(id uuid) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN get_byte(uuid_send(id), 6) >> 4 = 7
    THEN (timestamp '1970-01-01' + ('x' || left(replace(id::text, '-', ''), 12))::bit(48)::int8
          * interval '1 millisecond')::date
    ELSE date '1970-01-01' END
$$;

-- What a desk is told when the hub says no: the reason, and the rows it is about.
CREATE OR REPLACE FUNCTION sync.refuse(reason text, about jsonb DEFAULT '[]') RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS
$$ BEGIN RAISE EXCEPTION USING ERRCODE = 'CDREF', MESSAGE = reason, DETAIL = about::text; END $$;

-- The credential that is asking; refused where there is none, or no more.
CREATE OR REPLACE FUNCTION sync.me() RETURNS sync.credential LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp AS $$
DECLARE mine sync.credential;
BEGIN
  SELECT * INTO mine FROM sync.credential WHERE role = session_user;
  IF mine IS NULL OR mine.role IS NULL THEN PERFORM sync.refuse('unknown_desk'); END IF;
  IF mine.status <> 'active' THEN PERFORM sync.refuse('revoked'); END IF;
  RETURN mine;
END $$;

CREATE OR REPLACE FUNCTION sync.must_be_mine(p_scope int) RETURNS int LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp AS $$
DECLARE mine sync.credential := sync.me();
BEGIN
  IF p_scope IS NULL OR p_scope NOT IN (0, mine.scope_id) THEN PERFORM sync.refuse('forged'); END IF;
  RETURN mine.tenant_id;
END $$;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['credential', 'desk', 'reader', 'scope', 'head', 'conflict', 'hist', 'erasure', 'erasure_ack',
                           'blob', 'blob_part', 'receipt'] LOOP
    EXECUTE format('ALTER TABLE sync.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('DROP POLICY IF EXISTS wall ON sync.%I', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['scope', 'head', 'conflict', 'hist', 'erasure', 'erasure_ack', 'blob', 'blob_part', 'receipt']
  LOOP
    EXECUTE format('CREATE POLICY wall ON sync.%I TO civicdesk_hub USING ((tenant_id = (SELECT sync.my_tenant())
      AND scope_id = ANY ((SELECT sync.my_scopes())::int[])) OR (SELECT sync.is_keeper()))', t);
  END LOOP;
  CREATE POLICY wall ON sync.credential TO civicdesk_hub USING (role = session_user OR (SELECT sync.is_keeper()));
  CREATE POLICY wall ON sync.desk TO civicdesk_hub USING (role = session_user OR (SELECT sync.is_keeper()));
  CREATE POLICY wall ON sync.reader TO civicdesk_hub USING (role = session_user OR (SELECT sync.is_keeper()));
  ALTER TABLE app.slot_claim ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  DROP POLICY IF EXISTS wall ON app.slot_claim;
  CREATE POLICY wall ON app.slot_claim TO civicdesk_hub USING ((tenant_id = (SELECT sync.my_tenant())
    AND scope_id = ANY ((SELECT sync.my_scopes())::int[])) OR (SELECT sync.is_keeper()));
END $$;

-- An instant as desks write it.
CREATE OR REPLACE FUNCTION sync.instant(at timestamptz) RETURNS text LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS
$$ SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') $$;
