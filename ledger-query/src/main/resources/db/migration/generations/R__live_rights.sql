-- The running role reads which schema is live; the migrating role moves it.
REVOKE ALL ON ALL TABLES IN SCHEMA "${flyway:defaultSchema}" FROM "${running-role}";
GRANT USAGE ON SCHEMA "${flyway:defaultSchema}" TO "${running-role}";
GRANT SELECT ON live TO "${running-role}";
