-- From versions 2 to 4: claims of kinds that never join go to their readings. Version 2 lacks a table too, and version 3 a setting,
-- which the schema adds.
ALTER TABLE reading ADD COLUMN aside TEXT NOT NULL DEFAULT '[]';
UPDATE reading SET aside = coalesce(
  (SELECT '[' || group_concat('[' || (c.number & 1048575) || ',' || c.id || ',' || c.json || ']', ',' ORDER BY c.number) || ']'
   FROM claim c
   WHERE c.number BETWEEN reading.number << 20 AND (reading.number + 1 << 20) - 1 AND c.block IS NULL), '[]');
DELETE FROM claim WHERE block IS NULL;
DROP INDEX claim_id;
