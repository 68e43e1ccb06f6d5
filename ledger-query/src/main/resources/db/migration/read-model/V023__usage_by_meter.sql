-- What a sub-account had used by a past block. Without the sums: they change with every report, and rows whose indexed
-- columns do not are updated in place.
CREATE INDEX usage_hour_meter ON usage_hour (owner, provider, service, source, hour);
