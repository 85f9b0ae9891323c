-- The roles and databases of the service and of Temporal. Run by the superuser before each start;
-- safe to repeat, and a changed password takes effect. Passwords come from the environment only.
--
--   rj_migrator     makes the service's tables; only the migration job logs in as it
--   rj_service      the workers and the door
--   rj_log_writer   what rj_service may do to the log: read and append. The migration grants it.
--   rj_notary       the notary, which signs checkpoints
--   rj_log_reader   what rj_notary may do to the log and the access log: read. The migration
--                   grants it.
--   rj_vault_owner  owns the vault's tables, for the service and the migration: what is erased has
--                   to leave the pages too, and only an owner may write a table anew
--   temporal        owns Temporal's two databases and sees no other

\getenv migrator_password MIGRATOR_PASSWORD
\getenv service_password SERVICE_PASSWORD
\getenv notary_password NOTARY_PASSWORD
\getenv temporal_password TEMPORAL_PASSWORD
SET client_min_messages = warning;

SELECT format('CREATE ROLE %I %s', name, may)
FROM (VALUES ('rj_migrator', 'LOGIN'), ('rj_service', 'LOGIN'), ('rj_notary', 'LOGIN'),
             ('temporal', 'LOGIN'), ('rj_log_reader', 'NOLOGIN'),
             ('rj_log_writer', 'NOLOGIN'), ('rj_vault_owner', 'NOLOGIN')) AS wanted (name, may)
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec

ALTER ROLE rj_migrator PASSWORD :'migrator_password';
ALTER ROLE rj_service PASSWORD :'service_password';
ALTER ROLE rj_notary PASSWORD :'notary_password';
ALTER ROLE temporal PASSWORD :'temporal_password';
GRANT rj_log_writer TO rj_service;
GRANT rj_log_reader TO rj_notary;
GRANT rj_vault_owner TO rj_service, rj_migrator;

SELECT format('CREATE DATABASE %I OWNER %I', name, owner)
FROM (VALUES ('rj_log', 'rj_migrator'), ('rj_vault', 'rj_vault_owner'),
             ('rj_access', 'rj_migrator'), ('rj_views', 'rj_migrator'), ('temporal', 'temporal'),
             ('temporal_visibility', 'temporal')) AS wanted (name, owner)
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = name) \gexec

REVOKE ALL ON DATABASE rj_log, rj_vault, rj_access, rj_views, temporal, temporal_visibility, postgres
    FROM PUBLIC;
GRANT CONNECT ON DATABASE rj_log, rj_vault, rj_access, rj_views TO rj_service;
GRANT CONNECT ON DATABASE rj_log, rj_access TO rj_notary;

-- What the migration makes, the service may use like this. The log's own migration grants its own.

ALTER ROLE rj_migrator IN DATABASE rj_vault SET role = rj_vault_owner;

\connect rj_access
ALTER DEFAULT PRIVILEGES FOR ROLE rj_migrator IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO rj_service;
ALTER DEFAULT PRIVILEGES FOR ROLE rj_migrator IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO rj_service;

-- Views can be thrown away and made again from the log, so the service makes their tables itself.
\connect rj_views
GRANT CREATE, USAGE ON SCHEMA public TO rj_service;
