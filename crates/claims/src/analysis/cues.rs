//! Cues: the words of a text that tell what is done with money or things, how far it has come, and who does it. Which words
//! they are is data (`languages/<code>/{pledge,agreement,modality,clause}.toml`); here are only their classes.

use super::CueAt;
use crate::words::{self, Entries, Meaning, Placed, Tree, Wording};
use pledgebook_lexicon::{Data, Error, linear::Part};
use pledgebook_text::{Found, Text, TokenKind, WordId};
use std::{collections::BTreeMap, ops::Range};

macro_rules! cues {
    ($($variant:ident = $word:literal : $doc:literal),+ $(,)?) => {
        /// A class of words. The name is `<section>.<key>` of the data files.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Cue { $(#[doc = $doc] $variant),+ }

        impl Cue {
            /// Every class.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name that data files and learnt weights use.
            pub fn word(self) -> &'static str {
                self.part().word()
            }

            /// The same as a part of features.
            #[inline]
            pub fn part(self) -> Part {
                const PARTS: &[Part] = &[$(Part::new($word)),+];
                PARTS[self as usize]
            }

            /// The section of its name: "verb".
            #[inline]
            pub fn section(self) -> Part {
                const PARTS: &[Part] = &[$(Part::new(section_of($word))),+];
                PARTS[self as usize]
            }
        }
    };
}

/// What stands before the stop of a name of data files.
const fn section_of(word: &'static str) -> &'static str {
    let mut stop = 0;
    while stop < word.len() && word.as_bytes()[stop] != b'.' {
        stop += 1;
    }
    word.split_at(stop).0
}

cues! {
    VerbInvest = "verb.invest": "money into one's own works",
    VerbLend = "verb.lend": "credit, bonds",
    VerbGrant = "verb.grant": "money into another's works",
    VerbGuarantee = "verb.guarantee": "standing in for another's debt",
    VerbBuy = "verb.buy": "ordering, buying, paying for goods",
    VerbAcquire = "verb.acquire": "taking over, taking a stake",
    VerbBuild = "verb.build": "building, opening, enlarging",
    VerbHire = "verb.hire": "creating jobs",
    VerbSupply = "verb.supply": "delivering goods or services",
    VerbPromise = "verb.promise": "pledging, committing, earmarking",
    VerbReceive = "verb.receive": "the subject gets the money",
    VerbSell = "verb.sell": "the subject gets money for goods",
    VerbCost = "verb.cost": "a thing costs, is worth, amounts to",
    VerbApprove = "verb.approve": "a body lets money through",
    NounInvest = "noun.invest": "investment",
    NounLend = "noun.lend": "loan, credit line, bond",
    NounGrant = "noun.grant": "grant, aid, subsidy",
    NounGuarantee = "noun.guarantee": "guarantee, insurance cover",
    NounBuy = "noun.buy": "order, purchase",
    NounAcquire = "noun.acquire": "stake, takeover, bid",
    NounBuild = "noun.build": "construction, extension",
    NounHire = "noun.hire": "jobs, hiring",
    NounSupply = "noun.supply": "delivery, supply",
    NounPromise = "noun.promise": "pledge, commitment, promise",
    NounCost = "noun.cost": "budget, price tag, bill",
    NounShare = "noun.share": "contribution, part, slice",
    NounPackage = "noun.package": "package, programme, fund, plan",
    NounProject = "noun.project": "plant, factory, site, line",
    NounFunding = "noun.funding": "funding round, financing, capital",
    StageConsidered = "stage.considered": "is weighed, possible, in talks",
    StagePlanned = "stage.planned": "is intended",
    StageAnnounced = "stage.announced": "is announced, promised",
    StageContracted = "stage.contracted": "is signed, awarded, ordered",
    StageUnderWay = "stage.under_way": "is being done",
    StageDelivered = "stage.delivered": "is done, paid, opened",
    StagePaused = "stage.paused": "is put off, frozen",
    StageWithdrawn = "stage.withdrawn": "is given up",
    NotResult = "not.result": "turnover, profit, loss, exports",
    NotPrice = "not.price": "share price, market value",
    NotMarket = "not.market": "size of a market, of an economy",
    NotPenalty = "not.penalty": "fine, damages, ransom",
    NotCrime = "not.crime": "theft, fraud, bribe",
    NotPay = "not.pay": "salary, rent, ticket, prize",
    NotDebt = "not.debt": "debt owed, deficit",
    NotWorth = "not.worth": "assets, fortune, estimate of value",
    NotDamage = "not.damage": "damage, overrun, burden",
    AmountIncrement = "amount.increment": "on top of what was promised",
    AmountTotal = "amount.total": "in all, running total",
    AmountEnvelope = "amount.envelope": "a sum over other promises",
    AmountComponent = "amount.component": "of which, including",
    AmountEstimate = "amount.estimate": "is estimated at",
    NoveltyNew = "novelty.new": "new promise",
    NoveltyExtension = "novelty.extension": "raised, further",
    NoveltyRestated = "novelty.restated": "already promised",
    VagueSum = "vague.sum": "large investments without a figure",
    ModeFuture = "mode.future": "will, is to",
    ModePossible = "mode.possible": "may, could",
    ModeHearsay = "mode.hearsay": "is said to",
    ModeNegation = "mode.negation": "not, no longer",
    ModeNecessity = "mode.necessity": "must, needs",
    ModePast = "mode.past": "had, was, ago, last year",
    ModePerfect = "mode.perfect": "has done",
    ModePassive = "mode.passive": "is done by",
    ModeCondition = "mode.condition": "if, subject to",
    ModeProgress = "mode.progress": "now, currently, is doing",
    ModeWant = "mode.want": "wants, hopes, would like",
    ModeEffect = "mode.effect": "allows, brings about",
    ReportVerb = "report.verb": "said, told",
    ReportSource = "report.source": "according to",
    MarkAgent = "mark.agent": "by",
    MarkFrom = "mark.from": "from",
    MarkPlace = "mark.place": "in, at, near",
    MarkGoal = "mark.goal": "for, to, into",
    MarkWith = "mark.with": "with, together with",
    MarkOf = "mark.of": "of, genitive article",
    MarkBetween = "mark.between": "between, among",
    MarkAnd = "mark.and": "and, as well as",
    MarkOr = "mark.or": "or",
    MarkRelative = "mark.relative": "which, who",
    MarkSubordinate = "mark.subordinate": "while, because, that",
    MarkEach = "mark.each": "per, each, a year",
    MarkContrast = "mark.contrast": "against, compared with, unlike",
    MarkDeterminer = "mark.determiner": "the, a, its",
    MarkPronoun = "mark.pronoun": "it, they, he as subject",
    MarkMember = "mark.member": "led by, owned by, headed by",
    MarkRespectively = "mark.respectively": "respectively: the first of one list with the first of the other",
    AccordDeal = "accord.deal": "agreement, accord, deal, pact",
    AccordContract = "accord.contract": "contract, order",
    AccordMemorandum = "accord.memorandum": "memorandum, letter of intent, protocol",
    AccordPartnership = "accord.partnership": "partnership, alliance, joint venture",
    AccordTreaty = "accord.treaty": "treaty, convention, declaration",
    AccordTalks = "accord.talks": "talks, negotiations",
    AccordMerger = "accord.merger": "merger, sale of a business",
    DealProposed = "deal.proposed": "offers, proposes an accord",
    DealNegotiating = "deal.negotiating": "negotiates",
    DealAgreed = "deal.agreed": "agrees, concludes, teams up, awards, chooses",
    DealToBeSigned = "deal.to_be_signed": "is to sign",
    DealSigned = "deal.signed": "signs, initials",
    DealInForce = "deal.in_force": "is in force, has been completed",
    DealPaused = "deal.paused": "is suspended, put off",
    DealEnded = "deal.ended": "is cancelled, broken off, expires",
    PartyBoth = "party.both": "the two countries, both sides",
    PartyJoint = "party.joint": "jointly, together",
    ScopeFields = "scope.fields": "in the fields of, in areas such as",
}

const _: () = assert!(Cue::ALL.len() <= 128, "Cues is a set of 128 bits");

impl Cue {
    /// The class of a name of data files.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|cue| cue.word() == word)
    }

    /// Whether it says what is done with money or things.
    #[inline]
    pub const fn is_deed(self) -> bool {
        (self as u8) < Self::StageConsidered as u8
    }

    /// Whether it is a verb of doing.
    #[inline]
    pub const fn is_verb(self) -> bool {
        (self as u8) <= Self::VerbApprove as u8
    }

    /// Whether it says how far something has come, or how it is told.
    #[inline]
    pub fn is_modal(self) -> bool {
        self.is_stage() || (MODE_FIRST..=MODE_LAST).contains(&(self as u8))
    }

    /// Whether it is a word for an accord.
    #[inline]
    pub const fn is_accord(self) -> bool {
        Self::AccordDeal as u8 <= self as u8 && self as u8 <= Self::AccordMerger as u8
    }

    /// Whether it says how far an accord has come.
    #[inline]
    pub const fn is_step(self) -> bool {
        Self::DealProposed as u8 <= self as u8 && self as u8 <= Self::DealEnded as u8
    }

    /// Whether it speaks against a promise.
    #[inline]
    pub fn is_not(self) -> bool {
        (Self::NotResult as u8..=Self::NotDamage as u8).contains(&(self as u8))
    }

    /// Whether it says how far a promise has come.
    #[inline]
    pub fn is_stage(self) -> bool {
        (STAGE_FIRST..=STAGE_LAST).contains(&(self as u8))
    }

    /// Whether it says of a deed how far it has come, how or by whom it is told, and nothing of what is done.
    #[inline]
    pub fn is_telling(self) -> bool {
        self.is_modal() || self.is_step() || matches!(self, Self::ReportVerb | Self::ReportSource)
    }

    /// Whether it is a preposition, conjunction or the like.
    #[inline]
    pub const fn is_mark(self) -> bool {
        Self::MarkAgent as u8 <= self as u8 && self as u8 <= Self::MarkRespectively as u8
    }
}

const STAGE_FIRST: u8 = Cue::StageConsidered as u8;
const STAGE_LAST: u8 = Cue::StageWithdrawn as u8;
const MODE_FIRST: u8 = Cue::ModeFuture as u8;
const MODE_LAST: u8 = Cue::ModeEffect as u8;

/// A set of [`Cue`]s.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cues(u128);

/// The set of the classes that fit, made when the program is built.
macro_rules! cues_that {
    (|$cue:ident| $fits:expr) => {
        const {
            let (mut set, mut at) = ($crate::analysis::Cues::NONE, 0);
            while at < $crate::analysis::Cue::ALL.len() {
                let $cue = $crate::analysis::Cue::ALL[at];
                if $fits {
                    set = set.with($cue);
                }
                at += 1;
            }
            set
        }
    };
}
pub(crate) use cues_that;

impl Cues {
    /// No class.
    pub const NONE: Self = Self(0);

    /// The set with one more class.
    #[must_use]
    pub const fn with(self, cue: Cue) -> Self {
        Self(self.0 | 1 << cue as u8)
    }

    /// Whether the sets have a class in common.
    #[inline]
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The classes that are also in another set.
    #[inline]
    #[must_use]
    pub fn among(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Adds a class.
    #[inline]
    pub fn add(&mut self, cue: Cue) {
        self.0 |= 1 << cue as u8;
    }

    /// Whether a class is in the set.
    #[inline]
    pub fn has(self, cue: Cue) -> bool {
        self.0 & 1 << cue as u8 != 0
    }

    /// Its classes, in the order of their definition.
    pub fn iter(self) -> impl Iterator<Item = Cue> {
        let mut bits = self.0;
        std::iter::from_fn(move || {
            let cue = Cue::ALL.get(bits.trailing_zeros() as usize)?;
            bits &= bits - 1;
            Some(*cue)
        })
    }
}

/// The files that cues are read from.
pub const FILES: [&str; 4] = ["pledge.toml", "agreement.toml", "modality.toml", "clause.toml"];

/// One file of cues: section → key → phrases.
type Sections = BTreeMap<String, BTreeMap<String, Vec<String>>>;

/// How far apart the two halves of a split phrase may stand, in tokens.
const SPLIT_TOKENS_MAX: usize = 24;

/// The compiled cues of a language that are more than a phrase.
#[derive(Debug, Default)]
pub struct Table {
    /// First halves of phrases such as `sagt * zu`, each with the word that must follow in the same sentence.
    splits: Vec<(Cue, WordId)>,
}

impl Table {
    /// Adds the cues of a language to the tree. A phrase `head * tail` is one whose last word may stand
    /// apart, as separable verbs do.
    ///
    /// # Errors
    /// When a file is wrong, or has a section or key that no class bears.
    pub fn compile(data: &Data, code: &str, entries: &mut Entries<'_>) -> Result<Self, Error> {
        let mut table = Self::default();
        for name in FILES {
            let Some(file) = data.language_file(code, name) else { continue };
            for (section, keys) in file.parse::<Sections>()? {
                for (key, words) in keys {
                    let cue = Cue::from_word(&format!("{section}.{key}"))
                        .ok_or_else(|| Error::file(file.path(), &format!("[{section}] has no key '{key}'")))?;
                    for word in &words {
                        match word.split_once(" * ") {
                            Some((head, tail)) => {
                                for tail in pledgebook_lexicon::expand(tail) {
                                    let split = u16::try_from(table.splits.len())
                                        .map_err(|_| Error::file(file.path(), "too many split phrases"))?;
                                    table.splits.push((cue, entries.vocabulary.add(&tail)));
                                    entries.add(head, Meaning::Split(split));
                                }
                            }
                            None => entries.add(word, Meaning::Cue(cue)),
                        }
                    }
                }
            }
        }
        Ok(table)
    }

    /// Marks the cues of a sentence, told by its number and tokens, ordered by first token, and returns their classes.
    pub fn mark(
        &self,
        text: &Text<'_>,
        tree: &Tree,
        wording: &Wording<'_>,
        number: usize,
        sentence: &Range<usize>,
        found: &mut Vec<CueAt>,
    ) -> Cues {
        let mut set = Cues::default();
        let mut next = sentence.start;
        // The tail of a split phrase says nothing of its own: "will ein Abkommen unterzeichnen" is no signature yet.
        let mut tail_at = None;
        for start in wording.cued(number) {
            if start < next || tail_at == Some(start) {
                continue;
            }
            if let [word] = wording.at(start)
                && word.tokens() == 1
                && !wording.is_of(start, words::SPLITS)
            {
                for &cue in &word.sense.cues {
                    found.push(CueAt { start, end: start + 1, cue });
                    set.add(cue);
                }
                continue;
            }
            let first = found.len();
            let mut len = 1;
            // A word may be listed and end like others too: "investira" is a verb, and like all with "-ira" it tells what is to come.
            for phrase in wording.at(start) {
                let (tokens, end, cues) = (phrase.tokens(), phrase.end(), &phrase.sense.cues);
                if tokens < len || end > sentence.end || cues.is_empty() {
                    continue;
                }
                if tokens > len {
                    found.truncate(first);
                    len = tokens;
                }
                for &cue in cues {
                    if found[first..].iter().all(|known| known.cue != cue) {
                        found.push(CueAt { start, end, cue });
                    }
                }
            }
            if len > 1 && found[first..].iter().all(|cue| cue.cue.is_telling()) {
                let halfway = found[first..].iter().any(|cue| cue.cue.is_stage() || cue.cue.is_step());
                mark_within(wording, start..start + len, found, |cue| {
                    cue.is_deed() || cue.is_accord() || !halfway && (cue.is_stage() || cue.is_step())
                });
            }
            if wording.is_of(start, words::SPLITS) {
                tail_at = self.mark_split(text, tree, wording.at(start), sentence.end, found).or(tail_at);
            }
            for cue in &found[first..] {
                set.add(cue.cue);
            }
            next = start + len;
        }
        set
    }

    /// Marks the longest split phrase of those that begin at one token, and tells where its tail stands.
    fn mark_split(
        &self,
        text: &Text<'_>,
        tree: &Tree,
        here: &[Placed<'_>],
        sentence_end: usize,
        found: &mut Vec<CueAt>,
    ) -> Option<usize> {
        let head = words::longest(here, sentence_end, |meaning| matches!(meaning, Meaning::Split(_)))?;
        let mut tail_at = None;
        for meaning in &head.sense.meanings {
            let Meaning::Split(split) = *meaning else { continue };
            let (cue, tail) = self.splits[split as usize];
            let is_tail = |token: &usize| {
                text.vocabulary().chain(text.tokens()[*token].known).any(|id| id == tail)
                    && closes(text, tree, *token, sentence_end)
            };
            if let Some(token) = (head.end()..sentence_end.min(head.end() + SPLIT_TOKENS_MAX)).find(is_tail) {
                tail_at = Some(token);
                found.push(CueAt { start: head.start(), end: head.end(), cue });
            }
        }
        tail_at
    }
}

/// Marks the words that a longer phrase holds which only tells how a deed is told: "has bought" is done, and a purchase.
fn mark_within(wording: &Wording<'_>, phrase: Range<usize>, found: &mut Vec<CueAt>, is_hidden: impl Fn(Cue) -> bool) {
    let hidden = |meaning| match meaning {
        Meaning::Cue(cue) if is_hidden(cue) => Some(cue),
        _ => None,
    };
    let mut next = phrase.start;
    for start in phrase.clone() {
        if start < next || !wording.is_of(start, words::CUES) {
            continue;
        }
        let Some(inner) = words::longest(wording.at(start), phrase.end, |meaning| hidden(meaning).is_some()) else {
            continue;
        };
        let end = inner.end();
        let meanings = inner.sense.meanings.iter();
        found.extend(meanings.filter_map(|meaning| hidden(*meaning)).map(|cue| CueAt { start, end, cue }));
        next = end;
    }
}

/// Whether a clause ends with a word: the second half of a verb stands there, and a preposition spelt alike does not.
fn closes(text: &Text<'_>, tree: &Tree, token: usize, end: usize) -> bool {
    let next = token + 1;
    if next >= end || text.tokens()[next].kind != TokenKind::Word {
        return true;
    }
    // Of phrases of equal length the first one tells.
    let mut longest: Option<Found<'_, Meaning>> = None;
    tree.phrases().each_at(text.vocabulary(), &text.tokens()[..end], next, |phrase| {
        let cues = phrase.values.iter().any(|value| matches!(value, Meaning::Cue(_)));
        if cues && longest.is_none_or(|longest| phrase.len > longest.len) {
            longest = Some(phrase);
        }
    });
    longest.is_some_and(|phrase| {
        phrase.values.iter().any(|value| {
            let Meaning::Cue(cue) = value else { return false };
            matches!(cue, Cue::MarkAnd | Cue::MarkOr | Cue::MarkSubordinate | Cue::MarkContrast)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_sets_round_trip() {
        let mut set = Cues::default();
        for cue in Cue::ALL {
            assert_eq!(Cue::from_word(cue.word()), Some(*cue));
            set.add(*cue);
        }
        assert!(set.iter().eq(Cue::ALL.iter().copied()));
        for cue in Cue::ALL {
            let section = cue.section().word();
            assert!(cue.word().starts_with(&format!("{section}.")));
            assert_eq!(cue.is_verb(), section == "verb", "{cue:?}");
            assert_eq!(cue.is_modal(), matches!(section, "stage" | "mode"), "{cue:?}");
            assert_eq!(cue.is_mark(), section == "mark", "{cue:?}");
            assert_eq!(cue.is_not(), section == "not", "{cue:?}");
        }
        assert!(Cue::VerbInvest.is_deed() && Cue::NounFunding.is_deed() && !Cue::StagePlanned.is_deed());
    }
}
