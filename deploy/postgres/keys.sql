-- The roles and the database of the vault's data keys, on a server of their own: what is erased by
-- destroying its key must not come back with a backup of the ciphertext. Safe to repeat.

\getenv migrator_password MIGRATOR_PASSWORD
\getenv service_password SERVICE_PASSWORD

SELECT format('CREATE ROLE %I LOGIN', name)
FROM (VALUES ('rj_migrator'), ('rj_service')) AS wanted (name)
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec

ALTER ROLE rj_migrator PASSWORD :'migrator_password';
ALTER ROLE rj_service PASSWORD :'service_password';

SELECT 'CREATE DATABASE rj_keys OWNER rj_migrator'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'rj_keys') \gexec

REVOKE ALL ON DATABASE rj_keys, postgres FROM PUBLIC;
GRANT CONNECT ON DATABASE rj_keys TO rj_service;

\connect rj_keys
ALTER DEFAULT PRIVILEGES FOR ROLE rj_migrator IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO rj_service;
ALTER DEFAULT PRIVILEGES FOR ROLE rj_migrator IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO rj_service;
