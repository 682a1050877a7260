"""The functions that merge a table: made from its groups, one statement for all rows of a push.

Of each group the greater stamp wins. What it won over is kept in `sync.hist`; where neither desk knew of the other,
the loser's values are filed whole in `sync.conflict`.
"""

from __future__ import annotations

from collections.abc import Iterator

from civicdesk.hub.shape import literal, personal_groups, quoted, safe, type_of
from civicdesk.sync.groups import Kind, Travelling

_HEAD = (
    "CREATE OR REPLACE FUNCTION sync.merge_{table}(p_tenant int, p_scope int, p_role name, p_node int,"
    " p_recovers boolean, p_seq int8, p_rows jsonb[], OUT merged int, OUT filed int)"
    " LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$\nBEGIN\n{body}\nEND $$"
)

# What is there is looked up by its key, row by row: LATERAL with OFFSET 0 and ON CONFLICT leave PostgreSQL no other
# way. Free to choose, it reads the whole centre for each row as soon as it takes the centre for an empty one.
_MERGE = """
WITH given AS MATERIALIZED (
  SELECT n, id{given}
  FROM (SELECT n, id{cells_given}
    FROM (SELECT n, (r->>'i')::uuid AS id, r->'g' AS g FROM unnest(p_rows) WITH ORDINALITY AS x (r, n)
      OFFSET 0) AS a OFFSET 0) AS b),
known AS MATERIALIZED (
  SELECT given.*, t.old FROM given LEFT JOIN LATERAL (
    SELECT t AS old FROM app.{table} AS t
    WHERE t.tenant_id = p_tenant AND t.scope_id = p_scope AND t.id = given.id OFFSET 0) AS t ON true),
gone AS (
  SELECT sync.refuse('gone', jsonb_agg(jsonb_build_array('{table}', replace(id::text, '-', ''))))
  FROM known WHERE (old).id IS NULL AND ({any_base}) HAVING count(*) > 0),
written AS (
  INSERT INTO app.{table} AS t (tenant_id, scope_id, id, hub_seq, {columns}, {stamps})
  SELECT p_tenant, p_scope, id, p_seq + n, {values}, {given_stamps} FROM given
  ON CONFLICT (tenant_id, scope_id, id) DO UPDATE SET hub_seq = excluded.hub_seq, hub_at = now(), {sets}
    WHERE {any_wins}),
met AS MATERIALIZED (SELECT * FROM known WHERE (old).id IS NOT NULL),
cells AS MATERIALIZED ({cells}),
kept AS (
  INSERT INTO sync.hist (tenant_id, scope_id, role, node, tbl, row_id, grp, old, old_stamp, stamp)
  SELECT p_tenant, p_scope, p_role, p_node, '{table}', id, grp, was, cur, st FROM cells WHERE st > cur),
conflicts AS (
  INSERT INTO sync.conflict
    (tenant_id, scope_id, seq, tbl, row_id, grp, loser, loser_stamp, winner_stamp, role)
  SELECT p_tenant, p_scope, p_seq + cardinality(p_rows) + row_number() OVER (), '{table}', id, grp,
    CASE WHEN st > cur THEN was ELSE new END, least(st, cur), greatest(st, cur), p_role
  FROM cells
  WHERE NOT p_recovers AND cur <> base AND cur & 32767 <> p_node AND new <> was AND NOT (st > cur AND cur & 32767 = 0)
  RETURNING 1)
SELECT (SELECT coalesce(sum({wins}), 0) FROM known), (SELECT count(*) FROM conflicts), (SELECT count(*) FROM gone)
  INTO merged, filed;
"""

_FACTS = """
WITH given AS (
  SELECT n, (r->>'i')::uuid AS id, (r->'g'->'row'->>0)::int8 AS st, r->'g'->'row'->2 AS v_row
  FROM unnest(p_rows) WITH ORDINALITY AS x (r, n))
INSERT INTO app.{table} (tenant_id, scope_id, id, day, hub_seq, {columns}, c_row)
SELECT p_tenant, p_scope, id, sync.day_of(id), p_seq + n, {values}, st FROM given ON CONFLICT DO NOTHING;
GET DIAGNOSTICS merged = ROW_COUNT;
filed := 0;
IF merged = cardinality(p_rows) THEN RETURN; END IF;
WITH given AS MATERIALIZED (
  SELECT n, id, sync.day_of(id) AS day, st, {values_named}
  FROM (SELECT n, (r->>'i')::uuid AS id, (r->'g'->'row'->>0)::int8 AS st, r->'g'->'row'->2 AS v_row
    FROM unnest(p_rows) WITH ORDINALITY AS x (r, n)) AS g),
known AS MATERIALIZED (
  SELECT g.*, t.c_row AS cur, {differs} AS is_another, {is_emptied} AS is_emptied, {stays_empty} AS stays_empty
  FROM given AS g CROSS JOIN LATERAL (
    SELECT * FROM app.{table} AS t
    WHERE t.tenant_id = p_tenant AND t.scope_id = p_scope AND t.id = g.id AND t.day = g.day OFFSET 0) AS t
  WHERE t.hub_seq <= p_seq),
refused AS (
  SELECT sync.refuse('row', jsonb_agg(jsonb_build_array('{table}', replace(id::text, '-', ''))))
  FROM known WHERE is_another HAVING count(*) > 0),
stamped AS (
  SELECT *, CASE
    WHEN stays_empty AND (st >= cur OR is_emptied) THEN sync.hub_stamp(greatest(st, cur))
    WHEN is_emptied AND st <= cur THEN sync.hub_stamp(cur)
    ELSE greatest(st, cur) END AS stamp
  FROM known WHERE (SELECT count(*) FROM refused) = 0),
changed AS (
  INSERT INTO app.{table} AS t (tenant_id, scope_id, id, day, hub_seq, {columns}, c_row)
  SELECT p_tenant, p_scope, id, day, p_seq + n, {columns}, stamp FROM stamped WHERE is_emptied OR stamp <> cur
  ON CONFLICT (tenant_id, scope_id, id, day) DO UPDATE
    SET hub_seq = excluded.hub_seq, hub_at = now(), c_row = excluded.c_row{empties}
  RETURNING 1)
SELECT merged + count(*) INTO merged FROM changed;
"""


def merge(one: Travelling) -> str:
    """The function that merges rows of this table into what the hub has."""
    body = _facts(one) if one.is_fact else _rows(one)
    return _HEAD.format(table=safe(one.table), body=body)


def _rows(one: Travelling) -> str:
    return _MERGE.format(
        table=safe(one.table),
        given="".join(_given(group) for group in one.groups),
        cells_given="".join(f", g->'{safe(group)}' AS x_{group}" for group in one.groups),
        columns=", ".join(map(quoted, one.columns)),
        stamps=", ".join(f"c_{safe(group)}" for group in one.groups),
        given_stamps=", ".join(f"s_{group}" for group in one.groups),
        values=", ".join(_taken(one, name) for name in one.columns),
        sets=", ".join(_sets(one)),
        any_wins=" OR ".join(f"excluded.c_{group} > t.c_{group}" for group in one.groups),
        any_base=" OR ".join(f"b_{group} > 0" for group in one.groups),
        wins=" + ".join(f"(s_{group} > coalesce((old).c_{group}, 0))::int" for group in one.groups),
        cells=" UNION ALL ".join(_cell(one, group) for group in one.groups),
    )


def _given(group: str) -> str:
    return (
        f",\n    coalesce((x_{group}->>0)::int8, 0) AS s_{group}, coalesce((x_{group}->>1)::int8, 0) AS b_{group},"
        f" x_{group}->2 AS v_{group}"
    )


def _sets(one: Travelling) -> Iterator[str]:
    for group, columns in one.groups.items():
        for column in map(quoted, columns):
            wins = f"excluded.c_{group} > t.c_{group}"
            yield f"{column} = CASE WHEN {wins} THEN excluded.{column} ELSE t.{column} END"
        yield f"c_{group} = greatest(t.c_{group}, excluded.c_{group})"


def _cell(one: Travelling, group: str) -> str:
    """A group's two sides where they differ."""
    was = ", ".join(
        f"'{name}', {_written(one.kinds[name], f'(old).{quoted(name)}')}" for name in one.groups[group]
    )
    return (
        f"\n  SELECT id, '{group}' AS grp, s_{group} AS st, b_{group} AS base, (old).c_{group} AS cur,"
        f"\n    v_{group} AS new, jsonb_build_object({was}) AS was FROM met"
        f"\n  WHERE s_{group} > 0 AND (old).c_{group} > 0 AND s_{group} <> (old).c_{group}"
    )


def _facts(one: Travelling) -> str:
    kept = [name for name in one.columns if name not in one.emptied]
    differs = [f"g.{quoted(n)} IS DISTINCT FROM t.{quoted(n)}" for n in kept]
    for name in one.emptied:
        both = f"g.{quoted(name)} <> {_nothing(one, name)} AND t.{quoted(name)} <> {_nothing(one, name)}"
        differs.append(f"({both} AND g.{quoted(name)} <> t.{quoted(name)})")
    return _FACTS.format(
        table=safe(one.table),
        columns=", ".join(map(quoted, one.columns)),
        values=", ".join(_taken(one, name) for name in one.columns),
        values_named=", ".join(f"{_taken(one, name)} AS {quoted(name)}" for name in one.columns),
        differs=f"coalesce({' OR '.join(differs)}, false)",
        is_emptied=_empties(one, "g", "t"),
        stays_empty=_empties(one, "t", "g"),
        empties="".join(
            f", {quoted(n)} = CASE WHEN excluded.{quoted(n)} = {_nothing(one, n)} THEN {_nothing(one, n)}"
            f" ELSE t.{quoted(n)} END"
            for n in one.emptied
        ),
    )


def _empties(one: Travelling, empty: str, full: str) -> str:
    """Whether one side has emptied what the other side still has."""
    each = (
        f"({empty}.{quoted(n)} = {_nothing(one, n)} AND {full}.{quoted(n)} <> {_nothing(one, n)})"
        for n in one.emptied
    )
    return f"coalesce({' OR '.join(each) or 'false'}, false)"


def _nothing(one: Travelling, name: str) -> str:
    return "''::bytea" if one.kinds[name] == "bytes" else "''"


def _taken(one: Travelling, name: str) -> str:
    """A value out of the JSON of its group."""
    values = f"v_{one.group_of[name]}"
    if one.kinds[name] == "bytes":
        return f"decode({values}->'{safe(name)}'->>'b64', 'base64')"
    value = f"{values}->>'{safe(name)}'"
    return value if type_of(one.kinds[name]) == "text" else f"({value})::int8"


def _written(kind: Kind, value: str) -> str:
    """A value as it stands in JSON."""
    if kind != "bytes":
        return value
    text = f"translate(encode({value}, 'base64'), E'\\n', '')"
    return f"CASE WHEN {value} IS NOT NULL THEN json_build_object('b64', {text}) END"


def line(one: Travelling) -> str:
    """The function that writes a row of this table as a desk reads it."""
    groups = ", ".join(
        f"CASE WHEN t.c_{group} > 0 THEN '\"{group}\":[' || t.c_{group} || ',null,' || json_build_object("
        + ", ".join(f"'{n}', {_written(one.kinds[n], f't.{quoted(n)}')}" for n in columns)
        + ")::text || ']' END"
        for group, columns in one.groups.items()
    )
    return (
        f"CREATE OR REPLACE FUNCTION sync.line_{safe(one.table)}(t app.{one.table}) RETURNS text"
        " LANGUAGE sql STABLE AS $$\n"
        f'SELECT \'{{"t":"{one.table}","i":"\' || replace(t.id::text, \'-\', \'\') || \'","s":\' || t.hub_seq'
        f" || ',\"g\":{{' || concat_ws(',', {groups}) || '}}}}'\n$$"
    )


_FAULTS = """
CREATE OR REPLACE FUNCTION sync.faults_{table}(p_rows jsonb[]) RETURNS SETOF text LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
SELECT i FROM (SELECT i, g{values}
  FROM (SELECT i, g{cells} FROM (SELECT r->>'i' AS i, r->'g' AS g FROM unnest(p_rows) AS x (r) OFFSET 0) AS a
    OFFSET 0) AS b OFFSET 0) AS c
WHERE (CASE WHEN jsonb_typeof(g) = 'object' THEN g <> '{{}}' AND g - ARRAY[{groups}] = '{{}}' AND {each}
  ELSE false END) IS NOT TRUE
$$
"""


def faults(one: Travelling) -> str:
    """The function that names the rows of a payload that cannot be rows of this table."""
    return _FAULTS.format(
        table=safe(one.table),
        cells="".join(f", g->'{safe(group)}' AS x_{group}" for group in one.groups),
        values="".join(f", x_{group}, x_{group}->2 AS v_{group}" for group in one.groups),
        groups=", ".join(f"'{group}'" for group in one.groups),
        each=" AND ".join(
            f"(x_{group} IS NULL OR (sync.is_cell(x_{group}) AND {_fits(one, columns, f'v_{group}')}))"
            for group, columns in one.groups.items()
        ),
    )


def _fits(one: Travelling, columns: tuple[str, ...], values: str) -> str:
    names = ", ".join(f"'{safe(name)}'" for name in columns)
    fits = " AND ".join(f"sync.is_{type_of(one.kinds[name])}({values}->'{name}')" for name in columns)
    return (
        f"CASE WHEN jsonb_typeof({values}) = 'object' THEN {values} ?& ARRAY[{names}]"
        f" AND {values} - ARRAY[{names}] = '{{}}' AND {fits} ELSE false END"
    )


def forget(one: Travelling) -> str | None:
    """The function that empties what tells of forgotten people, under a stamp of the hub's own."""
    if one.personal is None:
        return None
    if one.is_tenant_wide or one.is_fact:
        raise ValueError(f"{one.table}: people are forgotten in the rows of a centre alone")
    sets, tells = [], []
    for group, empty in personal_groups(one):
        says = " OR ".join(f"t.{quoted(n)} IS DISTINCT FROM {literal(v)}" for n, v in empty.items())
        tells.append(f"(t.c_{group} > 0 AND ({says}))")
        sets += [
            f"{quoted(n)} = CASE WHEN t.c_{group} > 0 THEN {literal(v)} ELSE t.{quoted(n)} END"
            for n, v in empty.items()
        ]
        sets.append(
            f"c_{group} = CASE WHEN {tells[-1]} THEN sync.hub_stamp(t.c_{group}) ELSE t.c_{group} END"
        )
    of = "t.id" if one.personal.subject == "id" else f"t.{quoted(one.personal.subject)}"
    subject = "subject_id" if one.personal.subject == "id" else "replace(subject_id::text, '-', '')"
    return (
        f"CREATE OR REPLACE FUNCTION sync.forget_{safe(one.table)}(p_tenant int, p_scope int, p_ids uuid[],"
        " OUT told uuid[], OUT emptied uuid[]) LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp"
        " SET enable_seqscan = off AS $$\nBEGIN\n"
        f"WITH known AS (SELECT t.* FROM unnest(p_ids) AS i CROSS JOIN LATERAL (SELECT * FROM app.{one.table} AS t\n"
        "  WHERE t.tenant_id = p_tenant AND t.scope_id = p_scope AND t.id = i OFFSET 0) AS t\n"
        f"  UNION ALL SELECT t.* FROM app.{one.table} AS t\n"
        "  WHERE p_ids IS NULL AND t.tenant_id = p_tenant AND t.scope_id = p_scope)\n"
        f"SELECT coalesce(array_agg(t.id), '{{}}') INTO told FROM known AS t WHERE {of} IN\n"
        f"  (SELECT {subject} FROM sync.erasure WHERE tenant_id = p_tenant AND scope_id = p_scope);\n"
        "emptied := '{}';\n"
        "IF told = '{}' THEN RETURN; END IF;\n"
        f"WITH changed AS (UPDATE app.{one.table} AS t SET {', '.join(sets)}\n"
        "  WHERE t.tenant_id = p_tenant AND t.scope_id = p_scope AND t.id = ANY (told)\n"
        f"  AND ({' OR '.join(tells)}) RETURNING t.id)\n"
        "SELECT coalesce(array_agg(id), '{}') INTO emptied FROM changed;\nEND $$"
    )
