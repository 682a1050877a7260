-- What a value in a payload may be. Run at every upgrade, by the owner.

CREATE OR REPLACE FUNCTION sync.is_stamp(v jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN jsonb_typeof(v) = 'number'
   THEN v::numeric BETWEEN 0 AND 9223372036854775807 AND scale(v::numeric) = 0 ELSE false END $$;

CREATE OR REPLACE FUNCTION sync.is_cell(v jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN jsonb_typeof(v) = 'array' AND jsonb_array_length(v) = 3
   THEN sync.is_stamp(v->0) AND v->0 <> '0' AND (jsonb_typeof(v->1) = 'null' OR sync.is_stamp(v->1)) ELSE false END $$;

CREATE OR REPLACE FUNCTION sync.is_text(v jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS
$$ SELECT jsonb_typeof(v) IN ('string', 'null') $$;

CREATE OR REPLACE FUNCTION sync.is_int8(v jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE jsonb_typeof(v) WHEN 'null' THEN true WHEN 'number'
   THEN v::numeric BETWEEN -9223372036854775808 AND 9223372036854775807 AND scale(v::numeric) = 0 ELSE false END $$;

CREATE OR REPLACE FUNCTION sync.is_bytea(v jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS
$$ SELECT v = 'null' OR CASE WHEN jsonb_typeof(v) = 'object' THEN v - 'b64' = '{}' AND jsonb_typeof(v->'b64') = 'string'
   AND v->>'b64' ~ '^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$' ELSE false END $$;
