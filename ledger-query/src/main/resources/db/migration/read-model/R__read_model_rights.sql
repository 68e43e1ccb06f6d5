-- What the running role may do with each table: what the service does, and nothing more. The migrating role owns
-- everything. Runs again whenever it changes or another role runs. A new table has no rights until it has a line here.
REVOKE ALL ON ALL TABLES IN SCHEMA "${flyway:defaultSchema}" FROM "${running-role}";
GRANT USAGE ON SCHEMA "${flyway:defaultSchema}" TO "${running-role}";

-- Added once.
GRANT SELECT, INSERT ON deployment TO "${running-role}";
GRANT SELECT, INSERT ON partition_retraction TO "${running-role}";
GRANT SELECT, INSERT ON discrepancy_resolution TO "${running-role}";
GRANT SELECT, INSERT ON difference_resolution TO "${running-role}";
GRANT SELECT, INSERT ON period_decision TO "${running-role}";
GRANT SELECT, INSERT ON service_naming TO "${running-role}";

-- Added once, and later marked, matched or summed.
GRANT SELECT, INSERT, UPDATE ON partition TO "${running-role}";
GRANT SELECT, INSERT, UPDATE ON partition_day TO "${running-role}";
GRANT SELECT, INSERT, UPDATE ON blocks_position TO "${running-role}";
GRANT SELECT, INSERT, UPDATE ON sub_account TO "${running-role}";
GRANT SELECT, INSERT, UPDATE ON entry TO "${running-role}";
GRANT SELECT, INSERT, UPDATE ON discrepancy TO "${running-role}";
GRANT SELECT, INSERT, UPDATE ON usage_request TO "${running-role}";
GRANT SELECT, INSERT, UPDATE ON usage_meter TO "${running-role}";
GRANT SELECT, INSERT, UPDATE ON usage_partition TO "${running-role}";
GRANT SELECT, INSERT, UPDATE ON settlement TO "${running-role}";
GRANT SELECT, INSERT, UPDATE ON reconciliation_run TO "${running-role}";
GRANT SELECT, INSERT, UPDATE ON restatement TO "${running-role}";

-- Removed by a retraction, by a later seal, or by the end of a quarantine.
GRANT SELECT, INSERT, DELETE ON block TO "${running-role}";
GRANT SELECT, INSERT, DELETE ON block_next TO "${running-role}";
GRANT SELECT, INSERT, DELETE ON parked_record TO "${running-role}";
GRANT SELECT, INSERT, UPDATE, DELETE ON partition_seal TO "${running-role}";
GRANT SELECT, INSERT, UPDATE, DELETE ON service_terms TO "${running-role}";
GRANT SELECT, INSERT, UPDATE, DELETE ON service_price TO "${running-role}";
GRANT SELECT, INSERT, UPDATE, DELETE ON known_service TO "${running-role}";
GRANT SELECT, INSERT, UPDATE, DELETE ON ledger_state TO "${running-role}";
GRANT SELECT, INSERT, UPDATE, DELETE ON sub_account_state TO "${running-role}";
GRANT SELECT, INSERT, UPDATE, DELETE ON service_change TO "${running-role}";
GRANT SELECT, INSERT, UPDATE, DELETE ON service_day TO "${running-role}";
GRANT SELECT, INSERT, UPDATE, DELETE ON usage_hour TO "${running-role}"; -- once all its requests are reversed
GRANT SELECT, INSERT, UPDATE, DELETE ON quarantine TO "${running-role}";
GRANT SELECT, INSERT, UPDATE, DELETE ON period_report_difference TO "${running-role}"; -- once it is made as it was
