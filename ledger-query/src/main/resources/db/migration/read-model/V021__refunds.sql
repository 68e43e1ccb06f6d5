-- Where to look for refunds: whether the newest stored state of the sub-account holds any.
ALTER TABLE sub_account ADD COLUMN refunds_pending BOOLEAN NOT NULL DEFAULT FALSE;

UPDATE sub_account SET refunds_pending = TRUE
WHERE (SELECT refunds <> '[]' FROM sub_account_state AS state
  WHERE state.owner = sub_account.owner AND state.provider = sub_account.provider
    AND state.service = sub_account.service
  ORDER BY state.block DESC, state.stretch DESC LIMIT 1);

CREATE INDEX sub_account_refunds ON sub_account (owner, service, provider) WHERE refunds_pending;
