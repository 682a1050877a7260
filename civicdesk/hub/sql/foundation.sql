-- What every hub stands on: who is who, the counters, what was lost and by whom. Run once, by the owner.

CREATE TABLE sync.meta (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  schema_version int NOT NULL,
  hub_epoch uuid NOT NULL DEFAULT gen_random_uuid(),
  contract_min int NOT NULL DEFAULT 1,
  contract_max int NOT NULL DEFAULT 1,
  timeline int NOT NULL DEFAULT 0,
  system_identifier int8 NOT NULL DEFAULT 0,
  database_oid oid NOT NULL DEFAULT 0,
  hash_partitions int NOT NULL DEFAULT 0,
  payload_limit int NOT NULL DEFAULT 8388608,
  blob_limit int8 NOT NULL DEFAULT 33554432,
  incarnation_limit int NOT NULL DEFAULT 200
);

-- What travels, in the order in which a push is merged.
CREATE TABLE sync.shape (
  tbl text PRIMARY KEY,
  place int NOT NULL,
  is_tenant_wide boolean NOT NULL,
  is_fact boolean NOT NULL,
  groups text[] NOT NULL,
  personal text[] NOT NULL
);

CREATE TABLE sync.tenant (
  tenant_id int PRIMARY KEY CHECK (tenant_id > 0),
  name text NOT NULL,
  zone text NOT NULL DEFAULT 'Europe/Istanbul',
  next_node int NOT NULL DEFAULT 1
);

-- The counter row of a scope is held from its UPDATE to the commit, so numbers become visible in their own order:
-- whoever asks for what is newer than the last number seen misses nothing.
CREATE TABLE sync.scope (
  tenant_id int NOT NULL REFERENCES sync.tenant,
  scope_id int NOT NULL CHECK (scope_id >= 0),
  name text NOT NULL DEFAULT '',
  seq int8 NOT NULL DEFAULT 0,
  gc_floor int8 NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, scope_id)
) WITH (fillfactor = 50);

-- The newest number in each table, so that a pull asks only the tables that have something new.
CREATE TABLE sync.head (
  tenant_id int NOT NULL,
  scope_id int NOT NULL,
  tbl text NOT NULL,
  seq int8 NOT NULL,
  PRIMARY KEY (tenant_id, scope_id, tbl)
) WITH (fillfactor = 50);

CREATE TABLE sync.credential (
  role name PRIMARY KEY,
  tenant_id int NOT NULL,
  scope_id int NOT NULL CHECK (scope_id > 0),
  label text NOT NULL,
  status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'revoked')),
  made_at timestamptz NOT NULL DEFAULT now(),
  revoked_at timestamptz,
  FOREIGN KEY (tenant_id, scope_id) REFERENCES sync.scope
);

CREATE TABLE sync.desk (
  role name NOT NULL REFERENCES sync.credential,
  incarnation uuid NOT NULL,
  tenant_id int NOT NULL,
  scope_id int NOT NULL,
  node int NOT NULL CHECK (node BETWEEN 1 AND 32767),
  chain text NOT NULL DEFAULT '',
  status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'retired', 'revoked')),
  contract int NOT NULL DEFAULT 1,
  previous uuid,
  enrolled_at timestamptz NOT NULL DEFAULT now(),
  last_seen timestamptz,
  recovers_until timestamptz,
  PRIMARY KEY (role, incarnation),
  UNIQUE (tenant_id, node)
);

CREATE TABLE sync.reader (
  role name PRIMARY KEY,
  tenant_id int NOT NULL REFERENCES sync.tenant,
  label text NOT NULL
);

CREATE TABLE sync.conflict (
  tenant_id int NOT NULL,
  scope_id int NOT NULL,
  seq int8 NOT NULL,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  tbl text NOT NULL,
  row_id uuid NOT NULL,
  grp text NOT NULL,
  loser jsonb NOT NULL,
  loser_stamp int8 NOT NULL,
  winner_stamp int8 NOT NULL,
  role name NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  is_open boolean NOT NULL DEFAULT true,
  PRIMARY KEY (tenant_id, scope_id, seq)
);
CREATE INDEX conflict_by_row ON sync.conflict (tenant_id, scope_id, row_id);

-- What each push wrote over, for ninety days: so that the deeds of a stolen credential can be listed and undone.
CREATE TABLE sync.hist (
  tenant_id int NOT NULL,
  scope_id int NOT NULL,
  role name NOT NULL,
  node int NOT NULL,
  tbl text NOT NULL,
  row_id uuid NOT NULL,
  grp text NOT NULL,
  old jsonb NOT NULL,
  old_stamp int8 NOT NULL,
  stamp int8 NOT NULL,
  at timestamptz NOT NULL DEFAULT now()
) PARTITION BY RANGE (at);
CREATE TABLE sync.hist_rest PARTITION OF sync.hist DEFAULT;
CREATE INDEX hist_by_row ON sync.hist (tenant_id, scope_id, row_id);

CREATE TABLE sync.erasure (
  tenant_id int NOT NULL,
  scope_id int NOT NULL,
  subject_id uuid NOT NULL,
  seq int8 NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  reason text NOT NULL,
  role name NOT NULL,
  PRIMARY KEY (tenant_id, scope_id, subject_id),
  UNIQUE (tenant_id, scope_id, seq)
);
CREATE TABLE sync.erasure_ack (
  tenant_id int NOT NULL,
  scope_id int NOT NULL,
  subject_id uuid NOT NULL,
  role name NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, scope_id, subject_id, role)
);

CREATE TABLE sync.blob (
  tenant_id int NOT NULL,
  scope_id int NOT NULL,
  sha256 text NOT NULL,
  size int8 NOT NULL,
  held int8 NOT NULL DEFAULT 0,
  complete boolean NOT NULL DEFAULT false,
  uri text,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, scope_id, sha256)
);
CREATE TABLE sync.blob_part (
  tenant_id int NOT NULL,
  scope_id int NOT NULL,
  sha256 text NOT NULL,
  starts int8 NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (tenant_id, scope_id, sha256, starts)
);
ALTER TABLE sync.blob_part ALTER bytes SET STORAGE EXTERNAL;

CREATE TABLE sync.receipt (
  tenant_id int NOT NULL,
  scope_id int NOT NULL,
  role name NOT NULL,
  incarnation uuid NOT NULL,
  chain text NOT NULL,
  rows int NOT NULL,
  merged int NOT NULL,
  at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX receipt_by_time ON sync.receipt (at);

-- Never two in a room, whichever desks they come from. Slots of five minutes, as the desks count them. Not
-- partitioned: an exclusion constraint cannot be before PostgreSQL 17.
CREATE TABLE app.slot_claim (
  tenant_id int NOT NULL,
  scope_id int NOT NULL,
  room_id text NOT NULL,
  booking_id uuid NOT NULL,
  during int8range NOT NULL,
  PRIMARY KEY (tenant_id, scope_id, booking_id, room_id),
  CONSTRAINT never_two_in_a_room EXCLUDE USING gist
    (tenant_id WITH =, scope_id WITH =, room_id WITH =, during WITH &&) WHERE (NOT isempty(during))
);
