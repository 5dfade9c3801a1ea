-- Views are made anew whenever the schema changes; they go before the tables that they name.
DROP VIEW IF EXISTS documents;
DROP VIEW IF EXISTS claims;
DROP VIEW IF EXISTS commitments;
DROP VIEW IF EXISTS commitment_history;
DROP VIEW IF EXISTS agreements;
DROP VIEW IF EXISTS agreement_history;
DROP VIEW IF EXISTS decisions;
