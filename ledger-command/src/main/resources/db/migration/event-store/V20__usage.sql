-- Every request that was ever accepted, by 16 bytes each: which request of which provider, and what was said of it (both
-- the first half of a SHA-256). A row commits with the event that records the request. Ten million take about a gigabyte,
-- of which an insert touches one leaf of the index and the end of the table.
CREATE TABLE accepted_request (
    request UUID NOT NULL,
    content UUID NOT NULL,
    CONSTRAINT accepted_request_pk PRIMARY KEY (request));
CREATE TRIGGER accepted_request_only_adds BEFORE UPDATE OR DELETE OR TRUNCATE ON accepted_request
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
