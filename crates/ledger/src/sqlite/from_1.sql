-- From version 1: claims get their numbers from their readings; what is derived is derived again.
DROP TABLE block;
DROP TABLE block_claim;
DROP TABLE dirty;
DROP TABLE thread;
DROP TABLE member;
DROP TABLE state;
DROP TABLE facet;
DROP TABLE tie;
DROP INDEX claim_id;
DROP INDEX claim_document;
ALTER TABLE reading RENAME TO reading_1;
ALTER TABLE claim RENAME TO claim_1;
