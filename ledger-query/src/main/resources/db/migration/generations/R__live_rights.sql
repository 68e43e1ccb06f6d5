-- The running role reads which schema is live; the migrating role moves it. What callers have left is no part of a
-- generation.
REVOKE ALL ON ALL TABLES IN SCHEMA "${flyway:defaultSchema}" FROM "${running-role}";
GRANT USAGE ON SCHEMA "${flyway:defaultSchema}" TO "${running-role}";
GRANT SELECT ON live TO "${running-role}";
-- Never changed and never removed.
GRANT SELECT, INSERT ON period_report TO "${running-role}";
GRANT SELECT, INSERT ON period_report_part TO "${running-role}";
GRANT SELECT, INSERT ON period_report_line TO "${running-role}";
GRANT SELECT, INSERT, UPDATE, DELETE ON rate_bucket TO "${running-role}";
GRANT SELECT, INSERT, UPDATE, DELETE ON alert_rule TO "${running-role}";
-- Marked where they are over, taken back or sent; never removed.
GRANT SELECT, INSERT, UPDATE ON alert TO "${running-role}";
GRANT SELECT, INSERT, UPDATE ON alert_partition TO "${running-role}";
GRANT SELECT, INSERT, UPDATE ON alert_published TO "${running-role}";
GRANT SELECT, INSERT, DELETE ON alert_block TO "${running-role}";
GRANT SELECT, INSERT, UPDATE ON alert_following TO "${running-role}";
GRANT SELECT, INSERT, UPDATE, DELETE ON webhook TO "${running-role}";
GRANT SELECT, INSERT, UPDATE, DELETE ON webhook_secret TO "${running-role}";
GRANT SELECT, INSERT, UPDATE, DELETE ON webhook_message TO "${running-role}";
-- The log is only added to; old lines are removed.
GRANT SELECT, INSERT, DELETE ON webhook_delivery TO "${running-role}";
GRANT SELECT, INSERT, UPDATE, DELETE ON scheduled_task TO "${running-role}";
