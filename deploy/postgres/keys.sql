-- The roles and the database of the vault's data keys, on a server of their own: what is erased by
-- destroying its key must not come back with a backup of the ciphertext. Safe to repeat.

\getenv migrator_password MIGRATOR_PASSWORD
\getenv service_password SERVICE_PASSWORD
SET client_min_messages = warning;

SELECT format('CREATE ROLE %I %s', name, may)
FROM (VALUES ('rj_migrator', 'LOGIN'), ('rj_service', 'LOGIN'), ('rj_vault_owner', 'NOLOGIN'))
    AS wanted (name, may)
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec

ALTER ROLE rj_migrator PASSWORD :'migrator_password';
ALTER ROLE rj_service PASSWORD :'service_password';
GRANT rj_vault_owner TO rj_service, rj_migrator;

SELECT 'CREATE DATABASE rj_keys OWNER rj_vault_owner'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'rj_keys') \gexec

REVOKE ALL ON DATABASE rj_keys, postgres FROM PUBLIC;
GRANT CONNECT ON DATABASE rj_keys TO rj_service;
ALTER ROLE rj_migrator IN DATABASE rj_keys SET role = rj_vault_owner;
