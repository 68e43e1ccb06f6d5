-- What the running role may do with each table: what the service does, and nothing more. The migrating role owns
-- everything. Runs again whenever it changes or another role runs. A new table has no rights until it has a line here.
REVOKE ALL ON ALL TABLES IN SCHEMA "${flyway:defaultSchema}" FROM "${running-role}";
GRANT USAGE ON SCHEMA "${flyway:defaultSchema}" TO "${running-role}";

-- What is recorded is never changed.
GRANT SELECT, INSERT ON account_event TO "${running-role}";
GRANT SELECT, INSERT ON accepted_request TO "${running-role}";
GRANT SELECT, INSERT ON reversed_request TO "${running-role}";
GRANT SELECT, INSERT ON api_key_event TO "${running-role}";
GRANT SELECT, INSERT ON deployment TO "${running-role}";

-- The progress of work.
GRANT SELECT, INSERT, UPDATE ON partition TO "${running-role}";
GRANT SELECT, INSERT, UPDATE ON partition_head TO "${running-role}";
GRANT SELECT, INSERT, UPDATE, DELETE ON stream_snapshot TO "${running-role}";
GRANT SELECT, INSERT, DELETE ON service_terms TO "${running-role}";
GRANT SELECT, INSERT, DELETE ON known_service TO "${running-role}";
GRANT SELECT, INSERT, DELETE ON refund_lock TO "${running-role}";
GRANT SELECT, INSERT, UPDATE, DELETE ON quarantined_owner TO "${running-role}";
GRANT SELECT, INSERT, UPDATE ON parked_record TO "${running-role}";
GRANT SELECT, INSERT, UPDATE, DELETE ON publisher_lease TO "${running-role}";
GRANT SELECT, INSERT, UPDATE, DELETE ON publisher TO "${running-role}";
GRANT SELECT, INSERT, DELETE ON used_nonce TO "${running-role}";
GRANT SELECT, INSERT, UPDATE, DELETE ON rate_bucket TO "${running-role}";
