-- The databases of the two services, and for each the role that migrates and owns it and the role that runs. For psql,
-- as the superuser, with the four passwords in the environment; the PostgreSQL container runs it on an empty volume.
\getenv command_password LEDGER_COMMAND_PASSWORD
\getenv command_migration_password LEDGER_COMMAND_MIGRATION_PASSWORD
\getenv query_password LEDGER_QUERY_PASSWORD
\getenv query_migration_password LEDGER_QUERY_MIGRATION_PASSWORD

CREATE ROLE ledger_command LOGIN PASSWORD :'command_password';
CREATE ROLE ledger_command_migration LOGIN PASSWORD :'command_migration_password';
CREATE DATABASE ledger_command OWNER ledger_command_migration;
REVOKE ALL ON DATABASE ledger_command FROM PUBLIC;
GRANT CONNECT ON DATABASE ledger_command TO ledger_command;

CREATE ROLE ledger_query LOGIN PASSWORD :'query_password';
CREATE ROLE ledger_query_migration LOGIN PASSWORD :'query_migration_password';
CREATE DATABASE ledger_query OWNER ledger_query_migration;
REVOKE ALL ON DATABASE ledger_query FROM PUBLIC;
GRANT CONNECT ON DATABASE ledger_query TO ledger_query;
