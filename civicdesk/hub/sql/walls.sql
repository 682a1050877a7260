-- Who may do what. Run at every upgrade, by the administrator. Desks call functions; they touch no table.

REVOKE ALL ON SCHEMA public FROM PUBLIC;
REVOKE ALL ON SCHEMA app, sync, sync_v1, report FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA app, sync, report FROM PUBLIC, civicdesk_desks, civicdesk_readers;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA app, sync, sync_v1, report FROM PUBLIC;
GRANT USAGE ON SCHEMA sync_v1 TO civicdesk_desks;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA sync_v1 TO civicdesk_desks;
GRANT USAGE ON SCHEMA report TO civicdesk_readers;
GRANT SELECT ON ALL TABLES IN SCHEMA report TO civicdesk_readers;
GRANT EXECUTE ON FUNCTION sync.reader_tenant() TO civicdesk_readers, civicdesk_counts;

-- What PostgreSQL lets everybody do and no desk needs: large objects fill the disk, advisory locks fill the table of locks.
DO $$
DECLARE f regprocedure;
BEGIN
  FOR f IN SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace
    AND (proname LIKE 'lo\_%' OR proname IN ('lowrite', 'loread') OR proname LIKE 'pg\_%advisory%' OR proname = 'pg_notify')
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE NOTICE 'only a superuser can take large objects and advisory locks from the desks';
END $$;
