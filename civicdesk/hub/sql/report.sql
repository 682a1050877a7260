-- What the municipality reads: counts per centre and day, never a name; counts under five are left empty. Each kind is
-- counted in one way only, so that no hidden count follows from two others. Run at every upgrade, by the administrator.

DROP VIEW IF EXISTS report.visits_per_day, report.bookings_per_day, report.mail_per_day, report.heads_per_day;

CREATE VIEW report.visits_per_day WITH (security_barrier) AS
  SELECT s.name AS centre, (v.arrived_at::timestamptz AT TIME ZONE t.zone)::date AS day,
    CASE WHEN count(*) >= 5 THEN count(*) END AS visits,
    CASE WHEN count(*) >= 5 THEN sum(v.people) END AS people
  FROM app.visit AS v JOIN sync.scope AS s USING (tenant_id, scope_id) JOIN sync.tenant AS t USING (tenant_id)
  WHERE v.tenant_id = sync.reader_tenant() AND v.deleted_at IS NULL AND v.arrived_at IS NOT NULL
  GROUP BY s.scope_id, s.name, 2;

CREATE VIEW report.bookings_per_day WITH (security_barrier) AS
  SELECT s.name AS centre, (b.starts_at::timestamptz AT TIME ZONE t.zone)::date AS day,
    CASE WHEN count(*) >= 5 THEN count(*) END AS bookings,
    CASE WHEN count(*) >= 5 THEN sum(b.guests) END AS guests,
    CASE WHEN count(*) >= 5 THEN round(sum(extract(epoch FROM b.ends_at::timestamptz - b.starts_at::timestamptz)) / 3600, 1)
      END AS hours
  FROM app.booking AS b JOIN sync.scope AS s USING (tenant_id, scope_id) JOIN sync.tenant AS t USING (tenant_id)
  WHERE b.tenant_id = sync.reader_tenant() AND b.deleted_at IS NULL AND b.state IN ('tentative', 'confirmed')
    AND b.starts_at IS NOT NULL AND b.ends_at IS NOT NULL
  GROUP BY s.scope_id, s.name, 2;

CREATE VIEW report.mail_per_day WITH (security_barrier) AS
  SELECT s.name AS centre, (m.received_at::timestamptz AT TIME ZONE t.zone)::date AS day,
    CASE WHEN count(*) >= 5 THEN count(*) END AS items
  FROM app.mail_item AS m JOIN sync.scope AS s USING (tenant_id, scope_id) JOIN sync.tenant AS t USING (tenant_id)
  WHERE m.tenant_id = sync.reader_tenant() AND m.deleted_at IS NULL AND m.received_at IS NOT NULL
  GROUP BY s.scope_id, s.name, 2;

CREATE VIEW report.heads_per_day WITH (security_barrier) AS
  SELECT s.name AS centre, (h.at::timestamptz AT TIME ZONE t.zone)::date AS day,
    CASE WHEN sum(greatest(h.change, 0)) >= 5 THEN sum(greatest(h.change, 0)) END AS people
  FROM app.head_count AS h JOIN sync.scope AS s USING (tenant_id, scope_id) JOIN sync.tenant AS t USING (tenant_id)
  WHERE h.tenant_id = sync.reader_tenant() AND h.undone_id IS NULL AND h.at IS NOT NULL
  GROUP BY s.scope_id, s.name, 2;

-- The views read as a role of their own, which sees nothing but what they count.
GRANT USAGE ON SCHEMA app, sync TO civicdesk_counts;
GRANT USAGE, CREATE ON SCHEMA report TO civicdesk_counts;
GRANT SELECT (tenant_id, scope_id, arrived_at, people, deleted_at) ON app.visit TO civicdesk_counts;
GRANT SELECT (tenant_id, scope_id, starts_at, ends_at, guests, state, deleted_at) ON app.booking TO civicdesk_counts;
GRANT SELECT (tenant_id, scope_id, received_at, deleted_at) ON app.mail_item TO civicdesk_counts;
GRANT SELECT (tenant_id, scope_id, at, change, undone_id) ON app.head_count TO civicdesk_counts;
GRANT SELECT (tenant_id, scope_id, name) ON sync.scope TO civicdesk_counts;
GRANT SELECT (tenant_id, zone) ON sync.tenant TO civicdesk_counts;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['app.visit', 'app.booking', 'app.mail_item', 'app.head_count', 'sync.scope'] LOOP
    EXECUTE format('DROP POLICY IF EXISTS counts ON %s', t);
    EXECUTE format('CREATE POLICY counts ON %s FOR SELECT TO civicdesk_counts USING (tenant_id = (SELECT sync.reader_tenant()))', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['visits_per_day', 'bookings_per_day', 'mail_per_day', 'heads_per_day'] LOOP
    EXECUTE format('ALTER VIEW report.%I OWNER TO civicdesk_counts', t);
  END LOOP;
END $$;
