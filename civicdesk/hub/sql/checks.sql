-- What a value in a payload may be. Run at every upgrade, by the owner.

CREATE OR REPLACE FUNCTION sync.is_stamp(v jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN jsonb_typeof(v) = 'number' THEN v::text ~ '^[0-9]{1,19}$' AND v::numeric <= 9223372036854775807
   ELSE false END $$;

CREATE OR REPLACE FUNCTION sync.is_cell(v jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN jsonb_typeof(v) = 'array' AND jsonb_array_length(v) = 3
   THEN sync.is_stamp(v->0) AND v->0 <> '0' AND (v->1 = 'null' OR sync.is_stamp(v->1)) ELSE false END $$;

CREATE OR REPLACE FUNCTION sync.is_text(v jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS
$$ SELECT jsonb_typeof(v) IN ('string', 'null') $$;

CREATE OR REPLACE FUNCTION sync.is_int8(v jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS
$$ SELECT v = 'null' OR (jsonb_typeof(v) = 'number' AND v::text ~ '^-?[0-9]{1,18}$') $$;

CREATE OR REPLACE FUNCTION sync.is_bytea(v jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS
$$ SELECT v = 'null' OR CASE WHEN jsonb_typeof(v) = 'object' THEN v - 'b64' = '{}' AND jsonb_typeof(v->'b64') = 'string'
   AND v->>'b64' ~ '^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$' ELSE false END $$;
