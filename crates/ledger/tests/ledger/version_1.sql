-- The schema of version 1, to test that its ledgers are brought to the present one.

-- A text as it was read. The same id with another text is the next version; the older one stays.
CREATE TABLE document (
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
CREATE INDEX document_known ON document (known);

-- One pass of one version of the rules over a document.
CREATE TABLE reading (
  number INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document,
  rules TEXT NOT NULL,
  day TEXT NOT NULL,
  UNIQUE (document, rules)
);

CREATE TABLE claim (
  number INTEGER PRIMARY KEY,
  id INTEGER NOT NULL,            -- 64 bits; written as 16 hexadecimal digits
  reading INTEGER NOT NULL REFERENCES reading,
  document INTEGER NOT NULL REFERENCES document,
  kind TEXT NOT NULL,
  block INTEGER,                  -- claims of two blocks are never joined; NULL for kinds that stand for themselves
  json TEXT NOT NULL,             -- the claim as documented
  context TEXT NOT NULL           -- what its own document says about it
);
CREATE INDEX claim_id ON claim (id);
CREATE INDEX claim_document ON claim (document);

CREATE TABLE decision (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  author TEXT NOT NULL,
  time TEXT NOT NULL,
  reason TEXT NOT NULL,
  json TEXT NOT NULL
);

-- Every addition, each with the hash of the one before: nothing can be changed or taken out unseen.
CREATE TABLE log (
  number INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  content BLOB NOT NULL,          -- blake3 of what was added
  hash BLOB NOT NULL              -- blake3 of the previous hash, kind, subject and content
);

CREATE TABLE release (
  number INTEGER PRIMARY KEY,
  time TEXT NOT NULL,
  note TEXT NOT NULL,
  known TEXT NOT NULL,            -- the last day that it knows of
  json TEXT NOT NULL
);

-- Derived from here on.

CREATE TABLE block (
  hash INTEGER PRIMARY KEY,
  name TEXT NOT NULL
);

-- The claims that count: of the latest reading of the latest version of each document.
CREATE TABLE block_claim (
  block INTEGER NOT NULL,
  claim INTEGER NOT NULL,
  PRIMARY KEY (block, claim)
) WITHOUT ROWID;

CREATE TABLE counted (
  document INTEGER PRIMARY KEY,   -- documents in their latest version
  reading INTEGER NOT NULL
);

-- Blocks that have changed since they were last joined.
CREATE TABLE dirty (
  block INTEGER PRIMARY KEY
);

-- A commitment (kind 0) or an agreement (kind 1).
CREATE TABLE thread (
  number INTEGER PRIMARY KEY,
  id INTEGER NOT NULL UNIQUE,
  kind INTEGER NOT NULL,
  block INTEGER NOT NULL,
  digest BLOB NOT NULL
);
CREATE INDEX thread_block ON thread (block);

CREATE TABLE member (
  thread INTEGER NOT NULL,
  position INTEGER NOT NULL,      -- in the order of knowing
  claim INTEGER NOT NULL,
  adds INTEGER NOT NULL,          -- whether its sum comes on top of the others', or is the total of them
  why TEXT NOT NULL,              -- why it was joined
  PRIMARY KEY (thread, position)
) WITHOUT ROWID;
CREATE INDEX member_claim ON member (claim, thread);

-- What a thread was from one day to the day before the next.
CREATE TABLE state (
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

CREATE INDEX state_now ON state (kind, last_known) WHERE known_to = '9999';

-- What lists look threads up by: keys of pledgers or parties, places and their countries, domains.
CREATE TABLE facet (
  sort TEXT NOT NULL,
  value TEXT NOT NULL,
  thread INTEGER NOT NULL,
  PRIMARY KEY (sort, value, thread)
) WITHOUT ROWID;

CREATE INDEX facet_thread ON facet (thread);

-- A claim that threads are part of (0), or an agreement's claim that they are told under (1), and since when that was known.
CREATE TABLE tie (
  sort INTEGER NOT NULL,
  claim INTEGER NOT NULL,
  thread INTEGER NOT NULL,
  known TEXT NOT NULL,
  PRIMARY KEY (sort, claim, thread)
) WITHOUT ROWID;
CREATE INDEX tie_thread ON tie (thread);

CREATE VIRTUAL TABLE text_search USING fts5 (
  title, text, content = 'document', content_rowid = 'number', tokenize = "unicode61 remove_diacritics 2", detail = 'none'
);

CREATE VIEW documents AS
  SELECT d.id, d.version, d.title, d.published, d.read, d.publisher, d.author, d.url, d.lang, lower(hex(d.hash)) AS hash,
         (SELECT count(*) FROM claim c WHERE c.reading = n.reading) AS claims, d.text
  FROM document d LEFT JOIN counted n ON n.document = d.number;

CREATE VIEW claims AS
  SELECT printf('%016x', c.id) AS id, d.id AS document, d.known, c.kind, c.json ->> '$.evidence' AS evidence,
         c.json -> '$.by' AS pledgers, c.json -> '$.parties' AS parties, c.json -> '$.money' AS money,
         c.json ->> '$.stage' AS stage, c.json -> '$.sources' AS sources, c.json ->> '$.rule' AS rule,
         c.json ->> '$.confidence' AS confidence, printf('%016x', t.id) AS thread
  FROM claim c JOIN document d ON d.number = c.document JOIN counted n ON n.reading = c.reading
  LEFT JOIN member m ON m.claim = c.number LEFT JOIN thread t ON t.number = m.thread;

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
