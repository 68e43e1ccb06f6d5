CREATE DATABASE ledger_query OWNER ledger;
