-- From version 2: what the books were joined by is written down. Tables stay, views are made anew.
DROP VIEW documents;
DROP VIEW claims;
DROP VIEW commitments;
DROP VIEW commitment_history;
DROP VIEW agreements;
DROP VIEW agreement_history;
DROP VIEW decisions;
