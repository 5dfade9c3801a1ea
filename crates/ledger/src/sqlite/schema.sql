-- A ledger, version 5. What was read and decided is only ever added to (document, reading, claim, decision, log, release);
-- what follows from it is derived and can be derived again (everything below "Derived").
-- People and tools read the views at the end.

-- A text as it was read. The same id with another text is the next version; the older one stays.
CREATE TABLE IF NOT EXISTS document (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  hash BLOB NOT NULL,             -- blake3 of the text
  title TEXT,
  published TEXT,
  modified TEXT,
  known TEXT NOT NULL,            -- day of publication, else day of reading
  read TEXT NOT NULL,
  publisher TEXT,
  author TEXT,
  url TEXT,
  lang TEXT,
  signature BLOB NOT NULL,        -- what near-duplicate texts share
  blocks TEXT NOT NULL,           -- [[role, start, end], …], bytes of the text
  text TEXT NOT NULL,             -- last, so that what stands before it is read without it
  UNIQUE (id, version)
);
CREATE INDEX IF NOT EXISTS document_known ON document (known);

-- One pass over a document: of one version of the rules, or of one language model.
CREATE TABLE IF NOT EXISTS reading (
  number INTEGER PRIMARY KEY,
  document INTEGER NOT NULL,
  rules TEXT NOT NULL,
  day TEXT NOT NULL,
  claims INTEGER NOT NULL,        -- how many
  aside TEXT NOT NULL DEFAULT '[]', -- claims of kinds that never join, [[place in the text, id, the claim as documented], …]
  UNIQUE (document, rules)
);

-- Claims of kinds that join. Those of a reading stand beside each other: number = reading * 1048576 + place in the text.
CREATE TABLE IF NOT EXISTS claim (
  number INTEGER PRIMARY KEY,
  id INTEGER NOT NULL,            -- 64 bits; written as 16 hexadecimal digits
  kind TEXT NOT NULL,
  block INTEGER NOT NULL,         -- claims of two blocks are never joined
  json TEXT NOT NULL,             -- the claim as documented
  context TEXT NOT NULL           -- what its own document says about it
);
CREATE INDEX IF NOT EXISTS claim_id ON claim (id);

CREATE TABLE IF NOT EXISTS decision (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  author TEXT NOT NULL,
  time TEXT NOT NULL,
  reason TEXT NOT NULL,
  json TEXT NOT NULL
);

-- Every addition, each with the hash of the one before: nothing can be changed or taken out unseen.
CREATE TABLE IF NOT EXISTS log (
  number INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  content BLOB NOT NULL,          -- blake3 of what was added
  hash BLOB NOT NULL              -- blake3 of the previous hash, kind, subject and content
);

CREATE TABLE IF NOT EXISTS release (
  number INTEGER PRIMARY KEY,
  time TEXT NOT NULL,
  note TEXT NOT NULL,
  known TEXT NOT NULL,            -- the last day that it knows of
  json TEXT NOT NULL
);

-- Derived from here on.

-- What knowledge, and which rules of joining, all this was derived by.
CREATE TABLE IF NOT EXISTS basis (
  knowledge INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS block (
  hash INTEGER PRIMARY KEY,
  name TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS counted (
  document INTEGER PRIMARY KEY,   -- documents in their latest version
  reading INTEGER NOT NULL        -- by the newest rules; a language model's goes before
);

-- Readings that have come to count, or ceased to, since claims were last joined.
CREATE TABLE IF NOT EXISTS pending (
  reading INTEGER PRIMARY KEY
);

-- Blocks that decisions concern and that have not been joined since.
CREATE TABLE IF NOT EXISTS dirty (
  block INTEGER PRIMARY KEY
);

-- The claims that count, and where joining put them.
CREATE TABLE IF NOT EXISTS joined (
  block INTEGER NOT NULL,
  claim INTEGER NOT NULL,
  thread INTEGER,                 -- id of the thread; NULL where a decision rejects it
  turn INTEGER NOT NULL,          -- which of its document's claims it was to be put there
  firm INTEGER NOT NULL,          -- whether its figure or name proves it to be of the thread
  brief BLOB NOT NULL,            -- what joining compares of it
  PRIMARY KEY (block, claim)
) WITHOUT ROWID;

-- A commitment (kind 0) or an agreement (kind 1).
CREATE TABLE IF NOT EXISTS thread (
  number INTEGER PRIMARY KEY,
  id INTEGER NOT NULL UNIQUE,
  kind INTEGER NOT NULL,
  block INTEGER NOT NULL,
  digest BLOB NOT NULL,
  facets TEXT NOT NULL,           -- numbers of its words, JSON
  members TEXT NOT NULL           -- [[claim, whether its sum comes on top of the others' or is their total, why it was joined], …]
);
CREATE INDEX IF NOT EXISTS thread_block ON thread (block);

-- What a thread was from one day to the day before the next.
CREATE TABLE IF NOT EXISTS state (
  thread INTEGER NOT NULL,
  known_from TEXT NOT NULL,
  known_to TEXT NOT NULL,         -- first day on which it is no longer so; '9999' for now
  kind INTEGER NOT NULL,
  parties TEXT NOT NULL,          -- pledgers or parties, JSON
  place TEXT NOT NULL,            -- JSON
  domains TEXT NOT NULL,          -- JSON
  stage TEXT,
  status TEXT NOT NULL,
  low TEXT,                       -- exact decimals, as text
  high TEXT,
  currency TEXT,
  rate_day TEXT NOT NULL,
  envelope INTEGER NOT NULL,
  differs INTEGER NOT NULL,
  first_known TEXT NOT NULL,
  last_known TEXT NOT NULL,
  confidence REAL NOT NULL,
  claims INTEGER NOT NULL,
  PRIMARY KEY (thread, known_from)
) WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS state_now ON state (kind, last_known) WHERE known_to = '9999';

-- What lists look threads up by: keys of pledgers or parties, places and their countries, domains.
CREATE TABLE IF NOT EXISTS word (
  number INTEGER PRIMARY KEY,
  sort TEXT NOT NULL,
  value TEXT NOT NULL,
  UNIQUE (sort, value)
);

CREATE TABLE IF NOT EXISTS facet (
  word INTEGER NOT NULL,
  thread INTEGER NOT NULL,
  PRIMARY KEY (word, thread)
) WITHOUT ROWID;

-- A claim that threads are part of, and since when that was known.
CREATE TABLE IF NOT EXISTS part (
  whole INTEGER NOT NULL,         -- id of the claim
  thread INTEGER NOT NULL,
  known TEXT NOT NULL,
  PRIMARY KEY (whole, thread)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS part_thread ON part (thread);

CREATE VIRTUAL TABLE IF NOT EXISTS text_search USING fts5 (
  title, text, content = 'document', content_rowid = 'number', tokenize = "unicode61 remove_diacritics 2", detail = 'none'
);
-- Whoever adds texts merges the index, bit by bit or after many; by itself it would every few dozen documents merge hundreds of
-- pages at once.
INSERT INTO text_search (text_search, rank) VALUES ('automerge', 0), ('usermerge', 8), ('crisismerge', 256);

CREATE VIEW documents AS
  SELECT d.id, d.version, d.title, d.published, d.read, d.publisher, d.author, d.url, d.lang, lower(hex(d.hash)) AS hash,
         coalesce(r.claims, 0) AS claims, d.text
  FROM document d LEFT JOIN counted n ON n.document = d.number LEFT JOIN reading r ON r.number = n.reading;

CREATE VIEW claims AS
  SELECT printf('%016x', c.id) AS id, d.id AS document, d.known, c.json ->> '$.kind' AS kind, c.json ->> '$.evidence' AS evidence,
         c.json -> '$.by' AS pledgers, c.json -> '$.parties' AS parties, c.json -> '$.money' AS money,
         c.json ->> '$.stage' AS stage, c.json -> '$.sources' AS sources, c.json ->> '$.rule' AS rule,
         c.json ->> '$.confidence' AS confidence, printf('%016x', t.id) AS thread
  FROM (SELECT number >> 20 AS reading, id, json, block, number FROM claim
        UNION ALL
        SELECT r.number, a.value ->> 1, a.value -> 2, NULL, NULL FROM reading r, json_each(r.aside) a) c
  JOIN reading r ON r.number = c.reading JOIN document d ON d.number = r.document
  JOIN counted n ON n.document = d.number AND n.reading = r.number
  LEFT JOIN joined j ON j.block = c.block AND j.claim = c.number LEFT JOIN thread t ON t.id = j.thread;

CREATE VIEW commitment_history AS
  SELECT printf('%016x', t.id) AS id, s.known_from, nullif(s.known_to, '9999') AS known_to, s.parties AS pledgers, s.place, s.domains,
         s.stage, s.status, s.low, s.high, s.currency, s.envelope, s.differs, s.first_known, s.last_known, s.claims
  FROM state s JOIN thread t ON t.number = s.thread WHERE s.kind = 0;

CREATE VIEW commitments AS SELECT * FROM commitment_history WHERE known_to IS NULL;

CREATE VIEW agreement_history AS
  SELECT printf('%016x', t.id) AS id, s.known_from, nullif(s.known_to, '9999') AS known_to, s.parties, s.domains, s.stage, s.status,
         s.first_known, s.last_known, s.claims
  FROM state s JOIN thread t ON t.number = s.thread WHERE s.kind = 1;

CREATE VIEW agreements AS SELECT * FROM agreement_history WHERE known_to IS NULL;

CREATE VIEW decisions AS SELECT id, author, time, reason, json FROM decision;
