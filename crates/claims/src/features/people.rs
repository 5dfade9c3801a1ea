//! Whether a name fills a slot of a candidate. Most of what tells it hangs on one of the two only: features of the name alone, of
//! the words around it and of the side that it stands on are added up once for all candidates, those of a candidate that looks on
//! a side once for all names there; only what a name is to a candidate is looked at for every pair. A new feature belongs where
//! the least has to be known for it.

use super::{
    Choice, Order, Scene, Side, Words, basis,
    facts::{Count, Deed, Distance, Group, Mark, Sort, Verb, facts, groups, near, some},
    part,
};
use crate::{
    analysis::{Analysis, Cue, NameAt, cues_that},
    candidate::{Basis, Candidate},
    model::{Part, Sink},
};
use pledgebook_mentions::{NameType, names::DATELINE};
use pledgebook_text::TokenKind;
use smallvec::SmallVec;

facts! {
    /// Whether the country of a name is the one that the document tells most of.
    Home {
        /// It belongs to none.
        None = "no land",
        /// It is.
        Own = "home",
        /// It is another.
        Abroad = "abroad",
    }

    /// The place among those named most often.
    Rank {
        /// The most often of all.
        First = "first",
        /// The next.
        Second = "second",
        /// One of the three after these.
        Some = "some",
        /// None of these.
        Low = "low",
    }

    /// How a country is named.
    Naming {
        /// By its seat of government.
        Seat = "seat",
        /// By an adjective.
        Adjective = "adjective",
        /// By its name.
        Name = "name",
    }

    /// Whether the bearers of two slots belong to one country.
    Lands {
        /// To one.
        One = "one land",
        /// To two.
        Two = "two lands",
        /// One of them to none.
        None = "no land",
    }

    /// Where a name stands among sums: beside the anchor, with no other sum between, or elsewhere.
    Turn {
        /// Beside it, before.
        OwnBefore = "own before",
        /// Beside it, behind.
        OwnBehind = "own behind",
        /// Elsewhere before it.
        OtherBefore = "other before",
        /// Elsewhere behind it.
        OtherBehind = "other behind",
    }

    /// How the sentence of a name belongs with that of a candidate.
    Reach {
        /// They stand in one paragraph or line.
        Block = "block",
        /// No empty line stands between them.
        Stanza = "stanza",
        /// The name stands in what comes right before the lines of the candidate.
        Above = "above",
        /// None of these.
        Apart = "apart",
    }

    /// How a name stands in its paragraph or line.
    Opening {
        /// It is almost all of its sentence.
        Alone = "alone",
        /// It follows on a label.
        Labelled = "labelled",
        /// It is the first name of the paragraph's first sentence.
        First = "first",
        /// It is another of that sentence.
        Other = "opening",
        /// It stands in a later one.
        Later = "later",
    }

    /// How many sentences lie between.
    Back {
        /// It is the one before.
        One = "1",
        /// The one before that.
        Two = "2",
        /// The one before that.
        Three = "3",
        /// More.
        More = "more",
    }

    /// A part that a name may play for a deed.
    Role {
        /// First possible subject of the sentence before.
        SubjectBefore = "subject before",
        /// The same of one before that.
        SubjectEarlier = "subject earlier",
        /// The same of the sentence itself, before the deed.
        OpeningSubject = "opening subject",
        /// The same behind the deed.
        LateSubject = "late subject",
        /// A possible subject of the clause before the deed.
        Subject = "subject",
        /// The first of these.
        FirstSubject = "first subject",
        /// The last of these.
        NearestSubject = "nearest subject",
        /// A possible subject before a sum that stands before the anchor, where another one stands behind that sum.
        SubjectOfAnotherSum = "subject of another sum",
        /// The same where none does.
        SubjectOfSumsBefore = "subject of sums before",
        /// The last possible subject before the anchor, with no sum between and a verb between.
        NearestOfOwnSumWithVerb = "nearest of own sum with verb",
        /// The same without a verb.
        NearestOfOwnSum = "nearest of own sum",
        /// One before that, with a verb.
        OfOwnSumWithVerb = "of own sum with verb",
        /// The same without a verb.
        OfOwnSum = "of own sum",
        /// Whom the verb is about, right behind it, where a possible subject stands before.
        Object = "object",
        /// What a relative clause is about.
        Antecedent = "antecedent",
        /// The subject of a relative clause about the anchor.
        SubjectOfRelative = "subject of relative",
        /// The subject behind the verb.
        SubjectBehind = "subject behind",
        /// Who gets something.
        Receiver = "receiver",
        /// Who gives it.
        Giver = "giver",
        /// Who does what is done.
        Agent = "agent",
        /// Whose the thing right before it is.
        OwnerAfter = "owner after",
        /// Whose the thing right behind it is.
        OwnerBefore = "owner before",
    }
}

// The deed, which is the same for all that one candidate looks at, comes first: what is looked up then lies close together.
groups! { GROUPS:
    TAKEN: (bool, Option<(Sort, Lands)>),
    NAME: (Sort, Home, Rank, Option<Count>, bool, bool),
    GROUND: ((Sort, bool, bool), Count, Count, Count),
    SURROUNDINGS: (Sort, Mark, bool, Option<Sort>),
    AFTER: (Cue,),
    SORT_ON_SIDE: (Sort, Home, bool, Option<Naming>, Side),
    RANK_ON_SIDE: (Rank, Option<Count>, Side),
    MARK_ON_SIDE: (Mark, bool, bool, Side),
    FORM_ON_SIDE: (Sort, bool, bool, bool, bool, Side),
    AFTER_ON_SIDE: (Cue, Side),
    NOBODY: (Deed, Basis, Count),
    NOBODY_AMONG: ((bool, bool, bool, bool),),
    DEED_ON_SIDE: (Deed, Side),
    SENTENCE_ON_SIDE: (bool, Count, Side),
    DEED: (Deed, Sort, bool),
    MARK: (Deed, Mark, Side),
    STANDING: (Deed, Side, bool, bool, bool),
    ROLE: (Deed, Role),
    SORT_IN_ROLE: (Role, Sort),
    PRONOUN: (Side, Mark),
    VOICE: (Side, Sort, Rank, (bool, bool, bool)),
    BLOCK: (Reach, Opening, Back, (bool, bool)),
    BLOCK_OF_SORT: (Reach, Opening, Sort),
    BLOCK_OF_DEED: (Deed, Reach, Opening),
    OPENING: (Opening, Side, Sort),
    PATH: (Side, bool, Distance, Count),
    CUE_ON_PATH: (Side, Cue),
    VERB_ON_PATH: (Side, Verb, Mark, bool, bool),
    WAY: (bool, bool, Distance, Count, Side),
    WAY_BY_CUE: (bool, bool, Option<Cue>),
    WAY_ALONE: (Deed, bool, Distance),
    COMMA: (bool, bool),
    TURN: (Turn, Order, bool, Mark, bool),
    NTH: (Count, Count, Side),
    NEARER: (Deed, Count),
}

/// Features of a choice beside the entity that another slot has, `same` where it is that one: whether both belong to one country, by
/// their codes.
pub fn of_taken<S: Sink>(same: bool, sort: Option<NameType>, country: Option<&str>, taken: Option<&str>, sink: &mut S) {
    let lands = match (country, taken) {
        (Some(country), Some(taken)) if country == taken => Lands::One,
        (Some(_), Some(_)) => Lands::Two,
        _ => Lands::None,
    };
    let named = sort.map(|sort| (Sort::from(sort), lands));
    sink.group(TAKEN.at((same, named)), |sink| {
        if same {
            sink.add(&["taken"]);
        }
        if let Some((sort, lands)) = named {
            sink.add(("taken", lands, sort));
        }
    });
}

/// What is known of a name whatever the candidate.
#[derive(Debug, Clone, Copy)]
pub struct Traits {
    sort: Sort,
    home: Home,
    /// The small word before it.
    mark: Mark,
    rank: Rank,
    /// How often its bearer is named.
    count: Option<Count>,
    /// The cues behind it.
    after: [Option<Cue>; 2],
    /// The sort of the name that it introduces.
    introduces: Option<Sort>,
    /// Whether it is the first name of its sentence.
    first: bool,
    /// Whether it opens its sentence.
    opens: bool,
    /// Whether something is said to be its own.
    owns: bool,
    /// Whether it is said to say something.
    says: bool,
    /// Whether a colon or a dash stands behind it.
    colon: bool,
    /// Whether a bracket opens before it.
    bracket: bool,
    /// How it stands in its paragraph or line.
    opening: Opening,
    /// The last word of the label of its line.
    label: Option<usize>,
}

impl Traits {
    /// Of a name in its place.
    pub fn new(analysis: &Analysis<'_>, name: &NameAt) -> Self {
        let rank = match analysis.salient.iter().take(5).position(|other| *other == name.entity) {
            Some(0) => Rank::First,
            Some(1) => Rank::Second,
            Some(_) => Rank::Some,
            None => Rank::Low,
        };
        let sentence = analysis.sentences.get(name.sentence);
        let first = analysis.named(name.sentence).first().is_some_and(|first| first.mention == name.mention);
        let behind = analysis.cues_in(name.end..name.end + 4);
        let before = analysis.cues_in(name.start.saturating_sub(2)..name.start);
        let mark = |token: usize| match analysis.text.tokens().get(token) {
            Some(at) if at.kind != TokenKind::Word => analysis.text.form(token),
            _ => "",
        };
        let mut after = behind.iter().map(|cue| cue.cue).filter(|cue| *cue != Cue::MarkDeterminer);
        let label = label(analysis, name);
        Self {
            colon: matches!(mark(name.end), ":" | "|" | "–" | "—"),
            opening: opening(analysis, name, first, label.is_some()),
            label,
            bracket: name.start.checked_sub(1).is_some_and(|before| mark(before) == "("),
            sort: name.sort.into(),
            home: match analysis.entity(name.entity).and_then(|entity| entity.country.as_deref()) {
                None => Home::None,
                country if country == analysis.home => Home::Own,
                Some(_) => Home::Abroad,
            },
            mark: name.mark.into(),
            rank,
            count: analysis.namings.get(name.entity as usize).map(|naming| some(naming.count)),
            introduces: introduces(analysis, name),
            first,
            opens: first && sentence.is_some_and(|sentence| sentence.tokens.start + 2 >= name.start),
            owns: behind.iter().any(|cue| cue.start == name.end && cue.cue == Cue::MarkOf),
            says: behind.iter().any(|cue| cue.cue == Cue::ReportVerb)
                || before.iter().any(|cue| matches!(cue.cue, Cue::ReportVerb | Cue::ReportSource)),
            after: [after.next(), after.next()],
        }
    }
}

/// How many tokens beside the name a sentence may have that is little more than a name: "• Novartis.", "9:44 – Amazon".
const ALONE_TOKENS_MAX: usize = 4;
/// Within how many tokens of a line its label ends.
const LABEL_TOKENS_MAX: usize = 5;

/// How a name stands in its paragraph or line.
fn opening(analysis: &Analysis<'_>, name: &NameAt, first: bool, labelled: bool) -> Opening {
    let Some(sentence) = analysis.sentences.get(name.sentence) else { return Opening::Later };
    let tokens = &sentence.tokens;
    if tokens.len() <= name.end - name.start + ALONE_TOKENS_MAX
        && sentence.set.among(cues_that!(|cue| cue.is_verb())).iter().next().is_none()
    {
        Opening::Alone
    } else if labelled {
        Opening::Labelled
    } else if sentence.block != name.sentence {
        Opening::Later
    } else if first {
        Opening::First
    } else {
        Opening::Other
    }
}

/// The last word of the label of the line that a name stands in: "Promoter: X".
fn label(analysis: &Analysis<'_>, name: &NameAt) -> Option<usize> {
    let start = analysis.sentences.get(name.sentence)?.tokens.start;
    let colon = (start + 1..name.start.min(start + LABEL_TOKENS_MAX)).find(|token| analysis.is_mark(*token, ":"))?;
    Some(colon - 1)
}

/// The sort of the name that a name introduces: "the Swedish group Northvolt", "die Schweden von Northvolt".
pub(super) fn introduces(analysis: &Analysis<'_>, name: &NameAt) -> Option<Sort> {
    let behind = analysis.names_in(name.end..name.end + 4);
    let next = behind.iter().find(|next| next.sentence == name.sentence)?;
    let between = name.end..next.start;
    let plain = between.clone().all(|token| analysis.text.tokens()[token].kind == TokenKind::Word)
        && !analysis
            .cues_in(between)
            .iter()
            .any(|cue| matches!(cue.cue, Cue::MarkAnd | Cue::MarkOr | Cue::MarkWith) || cue.cue.is_verb());
    plain.then(|| next.sort.into())
}

/// Features of a name alone.
pub fn of_name<S: Sink>(analysis: &Analysis<'_>, name: &NameAt, traits: &Traits, sink: &mut S) {
    let Some(naming) = analysis.name(name.mention) else { return };
    let Traits { sort, home, rank, count, .. } = *traits;
    let entity = analysis.entity(name.entity);
    let known = entity.is_some_and(|entity| entity.listed);
    let leads = analysis.namings.get(name.entity as usize).is_some_and(|naming| naming.leads);
    sink.group(NAME.at((sort, home, rank, count, known, leads)), |sink| {
        sink.add(("is", sort));
        sink.add(("of", home, sort));
        sink.add(("rank", rank));
        sink.add(("rank", rank, sort));
        if known {
            sink.add(&["known"]);
            sink.add(("known", sort));
        }
        if let Some(count) = count {
            sink.add(("count", count));
        }
        if leads {
            sink.add(&["leads"]);
        }
    });
    if name.sort == NameType::Place {
        let region = entity.is_some_and(|entity| entity.region);
        sink.add(("place", if region { "region" } else { "town" }, if naming.anaphor { "noun" } else { "name" }));
    }
    let rule = analysis.mentions[name.mention].rule;
    if naming.anaphor {
        sink.add(("anaphor", rule));
    } else if rule == DATELINE {
        sink.add(("dateline", sort));
    }
    let housed = analysis.houses.get(name.entity as usize).is_some_and(Option::is_some);
    let Some(ground) = analysis.grounds.get(name.entity as usize) else { return };
    let (placed, sited, peer) = (some(ground.placed.into()), some(ground.sited.into()), some(ground.rank.into()));
    sink.group(GROUND.at(((sort, housed, ground.headline), placed, sited, peer)), |sink| {
        if housed {
            sink.add(("housed", sort));
        }
        sink.add(("placed", placed, sort));
        sink.add(("sited", sited, sort));
        sink.add(("peer", peer, sort));
        if ground.headline {
            sink.add(("headline", sort));
        }
    });
}

/// Features of the words around a name, and of its own last one; the learner drops those that are rare.
pub fn of_surroundings<S: Sink>(analysis: &Analysis<'_>, name: &NameAt, traits: &Traits, sink: &mut S) {
    let Traits { sort, mark, first, introduces, .. } = *traits;
    sink.group(SURROUNDINGS.at((sort, mark, first, introduces)), |sink| {
        sink.add(("mark", mark, sort));
        if first {
            sink.add(("first", mark));
        }
        if let Some(next) = introduces {
            sink.add(("modifier", sort, next));
        }
    });
    for cue in traits.after.into_iter().flatten() {
        sink.group(AFTER.at((cue,)), |sink| sink.add(("after", cue.part())));
    }
    let form = |token: usize| analysis.form(token);
    let back = |by: usize| form(name.start.checked_sub(by).unwrap_or(usize::MAX));
    sink.add(("w-1", back(1)));
    sink.add(("w-2", back(2), back(1)));
    sink.add(("w+1", form(name.end)));
    sink.add(("w+2", form(name.end), form(name.end + 1)));
    sink.add(("last", form(name.end.saturating_sub(1))));
    for (by, distance) in [(1, "1"), (2, "2"), (3, "3"), (4, "3")] {
        sink.add(("n-", distance, analysis.sense(name.start.checked_sub(by).unwrap_or(usize::MAX))));
        sink.add(("n+", distance, analysis.sense(name.end + by - 1)));
    }
}

/// Features of a name on a side.
pub fn of_side<S: Sink>(analysis: &Analysis<'_>, name: &NameAt, traits: &Traits, side: Side, sink: &mut S) {
    let Some(naming) = analysis.name(name.mention) else { return };
    let Traits { sort, home, mark, rank, count, first, opens, colon, bracket, .. } = *traits;
    let how = (name.sort == NameType::Country).then_some(if naming.seat {
        Naming::Seat
    } else if naming.adjective {
        Naming::Adjective
    } else {
        Naming::Name
    });
    sink.group(SORT_ON_SIDE.at((sort, home, naming.anaphor, how, side)), |sink| {
        sink.add(("is", sort, side));
        sink.add(("of", home, sort, side));
        if naming.anaphor {
            sink.add(("anaphor", side, sort));
        }
        if let Some(how) = how {
            sink.add(("seat", how, side));
        }
    });
    sink.group(RANK_ON_SIDE.at((rank, count, side)), |sink| {
        sink.add(("rank", rank, side));
        if let Some(count) = count {
            sink.add(("count", count, side));
        }
    });
    if side == Side::Document {
        return;
    }
    sink.group(MARK_ON_SIDE.at((mark, first, opens, side)), |sink| {
        sink.add(("mark", mark, side));
        if first {
            sink.add(("first", side));
        }
        if opens {
            sink.add(("opens", side));
        }
    });
    let (oblique, introduces) = (name.oblique, traits.introduces.is_some());
    if oblique || colon || bracket || introduces {
        sink.group(FORM_ON_SIDE.at((sort, oblique, colon, bracket, introduces, side)), |sink| {
            if oblique {
                sink.add(("oblique", side));
                sink.add(("oblique", side, sort));
            }
            if colon {
                sink.add(("colon", side));
            }
            if bracket {
                sink.add(("bracket", side));
            }
            if introduces {
                sink.add(("modifier", side));
            }
        });
    }
    for cue in traits.after.into_iter().flatten() {
        sink.group(AFTER_ON_SIDE.at((cue, side)), |sink| sink.add(("after", cue.part(), side)));
    }
    if traits.says {
        sink.add(("speaker", side));
    }
    sink.group(OPENING.at((traits.opening, side, sort)), |sink| {
        sink.add(("opening", traits.opening, side));
        sink.add(("opening", traits.opening, side, sort));
    });
    let before = name.start.checked_sub(1).unwrap_or(usize::MAX);
    sink.add(("w-1", analysis.form(before), side));
    sink.add(("w+1", analysis.form(name.end), side));
}

/// The words of a candidate's sentence, which may tell that whoever is meant is not named in it.
fn words<S: Sink>(analysis: &Analysis<'_>, candidate: &Candidate, words: Words, side: Part, sink: &mut S) {
    let Some(sentence) = analysis.sentences.get(candidate.sentence) else { return };
    sink.share(&analysis.shared, words.at(candidate.sentence), |sink| {
        analysis.stems_and_concepts(sentence.tokens.clone(), |stem| sink.add(("stem", side, stem)));
    });
}

/// Features of a candidate that looks for somebody outside its sentence.
pub fn of_elsewhere<S: Sink>(analysis: &Analysis<'_>, candidate: &Candidate, sink: &mut S) {
    words(analysis, candidate, Words::Elsewhere, part!("else"), sink);
}

/// Features of nobody.
pub fn of_nobody<S: Sink>(analysis: &Analysis<'_>, candidate: &Candidate, scene: &Scene, sink: &mut S) {
    let (deed, names) = (candidate.class(), some(scene.names));
    sink.group(NOBODY.at((deed, candidate.basis, names)), |sink| {
        sink.add(&["nobody"]);
        sink.add(("nobody", deed));
        sink.add(("nobody", basis(candidate.basis)));
        sink.add(("nobody", "names", names));
    });
    words(analysis, candidate, Words::Nobody, part!("nobody"), sink);
    let set = analysis.sentences.get(candidate.sentence).map(|sentence| sentence.set).unwrap_or_default();
    let cues = [Cue::ModePassive, Cue::MarkPronoun, Cue::MarkAgent, Cue::AmountTotal];
    let among = cues.map(|cue| set.has(cue));
    sink.group(NOBODY_AMONG.at((among.into(),)), |sink| {
        for (cue, _) in cues.iter().zip(among).filter(|(_, among)| *among) {
            sink.add(("nobody", cue.part()));
        }
    });
}

/// Features of a candidate that looks for somebody on a side.
pub fn of_candidate<S: Sink>(analysis: &Analysis<'_>, candidate: &Candidate, scene: &Scene, side: Side, sink: &mut S) {
    let deed = candidate.class();
    sink.group(DEED_ON_SIDE.at((deed, side)), |sink| sink.add(("at", side, deed)));
    if let Some(deed) = candidate.deed.filter(|_| side != Side::Document) {
        sink.add(("deed", side, analysis.form(deed.start)));
    }
    let organisations = some(scene.organisations);
    sink.group(SENTENCE_ON_SIDE.at((scene.pronoun, organisations, side)), |sink| {
        if side == Side::Document && scene.pronoun {
            sink.add(&["document", "pronoun"]);
        }
        if !side.is_here() {
            sink.add(("at", side, "else"));
        }
        if matches!(side, Side::Previous | Side::Earlier) {
            sink.add(("own", side, organisations));
        }
    });
}

/// Of how many words between a name and an anchor each is looked at.
const PATH_TOKENS: usize = 15;
/// Up to how many words two and two of them count.
const STEPS_MAX: usize = 8;

/// What one candidate and one name are looked at with.
struct Pair<'p> {
    analysis: &'p Analysis<'p>,
    candidate: &'p Candidate,
    scene: &'p Scene,
    side: Side,
    /// The place of the name in [`Analysis::names`].
    number: usize,
    name: &'p NameAt,
    traits: &'p Traits,
}

/// Features of what a name is to a candidate.
pub fn of_pair<S: Sink>(
    analysis: &Analysis<'_>,
    candidate: &Candidate,
    scene: &Scene,
    choice: &Choice,
    traits: &Traits,
    sink: &mut S,
) {
    let Some((number, name)) = choice.name.and_then(|number| Some((number, analysis.names.get(number)?))) else {
        return;
    };
    let side = choice.side;
    let pair = Pair { analysis, candidate, scene, side, number, name, traits };
    let Traits { sort, mark, opens, owns, .. } = *traits;
    let deed = candidate.class();
    sink.group(DEED.at((deed, sort, side == Side::Document)), |sink| {
        sink.add(("is", sort, deed));
        if side == Side::Document {
            sink.add(("document", sort, deed));
        }
    });
    pair.voice(sink);
    let housed = scene.houses.contains(&name.entity);
    if side == Side::Document {
        if housed {
            sink.add(("house", side));
        }
        return;
    }
    sink.group(MARK.at((deed, mark, side)), |sink| sink.add(("mark", mark, side, deed)));
    if opens || owns || name.oblique {
        sink.group(STANDING.at((deed, side, opens, owns, name.oblique)), |sink| {
            if opens {
                sink.add(("opens", side, deed));
            }
            if owns {
                sink.add(("owner", side, deed));
            }
            if name.oblique {
                sink.add(("oblique", side, deed));
            }
        });
    }
    if housed {
        sink.add(("house", side));
        sink.add(("house", side, deed));
    }
    for role in pair.roles().iter().copied() {
        sink.group(ROLE.at((deed, role)), |sink| {
            sink.add(("role", role, deed.section()));
            sink.add(("role", role, deed));
        });
        sink.group(SORT_IN_ROLE.at((role, sort)), |sink| sink.add(("role", role, sort)));
    }
    if side.is_here() {
        pair.path(sink);
        pair.way(sink);
        pair.turn(sink);
        pair.order(sink);
    } else {
        pair.blocks(sink);
        if scene.pronoun {
            sink.group(PRONOUN.at((side, mark)), |sink| sink.add(("pronoun", side, mark)));
        }
    }
}

/// Every feature of a choice, for learning.
pub fn all<S: Sink>(analysis: &Analysis<'_>, candidate: &Candidate, scene: &Scene, choice: &Choice, sink: &mut S) {
    let Some(name) = choice.named(analysis) else {
        of_nobody(analysis, candidate, scene, sink);
        return;
    };
    let traits = Traits::new(analysis, name);
    of_name(analysis, name, &traits, sink);
    if choice.side != Side::Document {
        of_surroundings(analysis, name, &traits, sink);
    }
    of_side(analysis, name, &traits, choice.side, sink);
    of_candidate(analysis, candidate, scene, choice.side, sink);
    if !choice.side.is_here() {
        of_elsewhere(analysis, candidate, sink);
    }
    of_pair(analysis, candidate, scene, choice, &traits, sink);
}

/// Where in the sentence a name stands.
fn place(in_clause: bool) -> Part {
    if in_clause { part!("clause") } else { part!("sentence") }
}

impl Pair<'_> {
    /// The parts that the name may play for the deed, by where it stands.
    fn roles(&self) -> SmallVec<[Role; 4]> {
        let Self { analysis, candidate, scene, side, name, number, .. } = *self;
        let mut roles = SmallVec::new();
        if !side.is_here() {
            if name.first_bare {
                roles.push(if side == Side::Previous { Role::SubjectBefore } else { Role::SubjectEarlier });
            }
            return roles;
        }
        let hinge = scene.hinge;
        if name.first_bare {
            roles.push(if name.start < hinge { Role::OpeningSubject } else { Role::LateSubject });
        }
        if name.bare && scene.clause.contains(&name.start) && name.start < hinge {
            roles.push(Role::Subject);
            if scene.first == Some(number) {
                roles.push(Role::FirstSubject);
            }
            if scene.nearest == Some(number) {
                roles.push(Role::NearestSubject);
            }
        }
        let anchor = &candidate.anchor;
        if scene.object == Some(number) {
            roles.push(Role::Object);
        } else if name.bare && name.start < anchor.start {
            // Sums told one after another have each their own subject: what stands behind the sum before belongs to this one.
            let last = scene.last.and_then(|last| analysis.names.get(last)).unwrap_or(name);
            if analysis.has_sum(name.end..anchor.start) {
                let own = last.start > name.start && !analysis.has_sum(last.start..anchor.start);
                roles.push(if own { Role::SubjectOfAnotherSum } else { Role::SubjectOfSumsBefore });
            } else {
                let nearer = scene.last.is_some_and(|last| last > number);
                let verb = analysis.cues_in(name.end..anchor.start).iter().any(|cue| cue.cue.is_verb());
                roles.push(match (nearer, verb) {
                    (false, true) => Role::NearestOfOwnSumWithVerb,
                    (false, false) => Role::NearestOfOwnSum,
                    (true, true) => Role::OfOwnSumWithVerb,
                    (true, false) => Role::OfOwnSum,
                });
            }
        }
        if scene.antecedent == Some(number) {
            roles.push(Role::Antecedent);
        }
        if scene.subject_of_relative == Some(number) {
            roles.push(Role::SubjectOfRelative);
        }
        if scene.subject_behind == Some(number) {
            roles.push(Role::SubjectBehind);
        }
        // "Leipzig is to get a plant from Siemens."
        if scene.receives && scene.clause.contains(&name.start) {
            if name.bare {
                roles.push(Role::Receiver);
            } else if matches!(name.mark, Some(Cue::MarkAgent | Cue::MarkFrom)) {
                roles.push(Role::Giver);
            }
        }
        let end = anchor.end.max(candidate.deed.map_or(0, |deed| deed.end));
        match name.mark {
            Some(Cue::MarkAgent | Cue::MarkFrom) if name.start > hinge => roles.push(Role::Agent),
            Some(Cue::MarkOf) if name.start >= end && name.start <= end + 4 => roles.push(Role::OwnerAfter),
            _ => {}
        }
        if self.traits.owns && name.end <= hinge && hinge - name.end <= 6 {
            roles.push(Role::OwnerBefore);
        }
        roles
    }

    /// Whether the name may be that of whoever speaks, or of the house.
    fn voice<S: Sink>(&self, sink: &mut S) {
        let Self { analysis, candidate, side, name, .. } = *self;
        let Traits { sort, rank, .. } = *self.traits;
        let (ours, dialogue) = (analysis.is_ours(candidate.sentence), analysis.dialogue);
        if !ours && !dialogue {
            return;
        }
        let hosts = analysis.hosts.get(name.entity as usize).is_some_and(|hosts| *hosts);
        sink.group(VOICE.at((side, sort, rank, (ours, dialogue, hosts))), |sink| {
            let hosts = if hosts { part!("host") } else { part!("no host") };
            let mut add = |voice: Part| {
                sink.add((voice, side, sort));
                sink.add((voice, side, hosts));
                sink.add((voice, side, hosts, rank));
            };
            if ours {
                add(part!("ours"));
            }
            if dialogue {
                add(part!("dialogue"));
            }
            if ours && dialogue {
                add(part!("our dialogue"));
            }
        });
    }

    /// How the paragraphs or lines of the name and of the candidate belong together.
    fn blocks<S: Sink>(&self, sink: &mut S) {
        let Self { analysis, candidate, scene, name, .. } = *self;
        let (Some(here), Some(there)) =
            (analysis.sentences.get(candidate.sentence), analysis.sentences.get(name.sentence))
        else {
            return;
        };
        let reach = if here.block == there.block {
            Reach::Block
        } else if here.stanza == there.stanza {
            Reach::Stanza
        } else if analysis
            .sentences
            .get(here.stanza.saturating_sub(1))
            .is_some_and(|above| above.stanza == there.stanza)
        {
            Reach::Above
        } else {
            Reach::Apart
        };
        let back = match candidate.sentence - name.sentence {
            0 | 1 => Back::One,
            2 => Back::Two,
            3 => Back::Three,
            _ => Back::More,
        };
        let Traits { opening, sort, .. } = *self.traits;
        let (subject, opens) = (!scene.subjects.is_empty(), here.block == candidate.sentence);
        sink.group(BLOCK.at((reach, opening, back, (subject, opens))), |sink| {
            let own = if subject { part!("own") } else { part!("none") };
            let opens = if opens { part!("opens") } else { part!("goes on") };
            sink.add(("block", reach, back));
            sink.add(("block", reach, opening));
            sink.add(("block", reach, opening, back));
            sink.add(("block", reach, opening, own));
            sink.add(("block", reach, back, opens));
        });
        sink.group(BLOCK_OF_SORT.at((reach, opening, sort)), |sink| sink.add(("block", reach, opening, sort)));
        let deed = candidate.class();
        sink.group(BLOCK_OF_DEED.at((deed, reach, opening)), |sink| sink.add(("block", reach, opening, deed)));
        if let Some(label) = self.traits.label {
            sink.add(("label", reach, analysis.sense(label)));
        }
    }

    /// What stands between the name and the anchor.
    fn path<S: Sink>(&self, sink: &mut S) {
        let Self { analysis, candidate, side, name, .. } = *self;
        let mark = self.traits.mark;
        let anchor = &candidate.anchor;
        let between = if name.end <= anchor.start { name.end..anchor.start } else { anchor.end..name.start };
        let (clause, distance) = (candidate.clause.contains(&name.start), near(between.len()));
        let names = analysis.names_in(between.clone()).iter().filter(|other| other.sort != NameType::Place).count();
        let names = some(names);
        sink.group(PATH.at((side, clause, distance, names)), |sink| {
            sink.add(("at", side, place(clause)));
            sink.add(("distance", side, distance));
            sink.add(("between", side, names));
        });
        for token in between.clone().take(PATH_TOKENS) {
            sink.add(("between", side, analysis.sense(token)));
        }
        if between.len() <= STEPS_MAX {
            let nothing = analysis.sense(usize::MAX);
            let mut last = nothing;
            for sense in between.clone().map(|token| analysis.sense(token)).chain([nothing]) {
                sink.add(("step", side, last, sense));
                last = sense;
            }
        }
        let (mut verb, mut passive) = (None, false);
        for cue in analysis.cues_in(between.clone()).iter().map(|cue| cue.cue) {
            if cue.is_deed()
                || matches!(cue, Cue::MarkRelative | Cue::MarkSubordinate | Cue::MarkAgent | Cue::ReportVerb)
            {
                sink.group(CUE_ON_PATH.at((side, cue)), |sink| sink.add(("path", side, cue.part())));
            }
            if cue.is_verb() {
                verb = verb.or(Some(cue));
            }
            passive |= cue == Cue::ModePassive;
        }
        let (verb, figure) = (Verb::from(verb), analysis.has_sum(between));
        sink.group(VERB_ON_PATH.at((side, verb, mark, passive, figure)), |sink| {
            sink.add(("verb", side, verb, mark));
            if passive {
                sink.add(("passive", side, mark));
            }
            if figure {
                sink.add(("figure", side));
            }
        });
    }

    /// Which of the possible subjects of the sentence the name is, and how many of them come nearer to the anchor.
    fn order<S: Sink>(&self, sink: &mut S) {
        let Self { analysis, scene, candidate, side, number, .. } = *self;
        let Some(place) = scene.subjects.iter().position(|other| *other == number) else { return };
        let (nth, of) = (some(place), some(scene.subjects.len()));
        sink.group(NTH.at((nth, of, side)), |sink| {
            sink.add(("nth", nth, of));
            sink.add(("nth", nth, of, side));
        });
        let nearer =
            |other: &&usize| analysis.names.get(**other).is_some_and(|name| name.start < candidate.anchor.start);
        let nearer = some(scene.subjects[place + 1..].iter().take_while(nearer).count());
        let deed = candidate.class();
        sink.group(NEARER.at((deed, nearer)), |sink| sink.add(("nearer", nearer, deed)));
    }

    /// Whether the name has its turn where the anchor has: "180 from the region, 90 from the state", "Spain pays 130 million, India 15".
    fn turn<S: Sink>(&self, sink: &mut S) {
        let Self { name, scene, candidate, .. } = *self;
        let Some(order) = scene.order else { return };
        let (mark, bare) = (self.traits.mark, name.bare);
        let turn = match (scene.own.contains(&name.start), name.start < candidate.anchor.start) {
            (true, true) => Turn::OwnBefore,
            (true, false) => Turn::OwnBehind,
            (false, true) => Turn::OtherBefore,
            (false, false) => Turn::OtherBehind,
        };
        let clause = candidate.clause.contains(&name.start);
        sink.group(TURN.at((turn, order, clause, mark, bare)), |sink| {
            sink.add(("turn", turn, order, place(clause)));
            sink.add(("turn", turn, order, mark));
            sink.add(("turn", turn, if bare { "bare" } else { "marked" }));
        });
    }

    /// What stands between the name and the deed: how far, how many other names, and which cues in which order.
    fn way<S: Sink>(&self, sink: &mut S) {
        let Self { analysis, side, name, .. } = *self;
        let Some(deed) = self.candidate.deed else { return };
        let before = name.end <= deed.start;
        let between = if before { name.end..deed.start } else { deed.end..name.start.max(deed.end) };
        let named = analysis.names_in(between.clone());
        let names = named.iter().filter(|name| !matches!(name.sort, NameType::Place | NameType::Person)).count();
        let (distance, names, verb) = (near(between.len()), some(names), deed.cue.is_verb());
        let order = if before { part!("before") } else { part!("behind") };
        let kind = if verb { part!("verb") } else { part!("noun") };
        sink.group(WAY.at((before, verb, distance, names, side)), |sink| {
            sink.add(("deed", order, kind, distance, names));
            sink.add(("deed", order, kind, side, names));
        });
        let mut cues = [None; 3];
        let mut found = 0;
        for cue in analysis.cues_in(between.clone()).iter().map(|cue| cue.cue) {
            if found == cues.len() {
                break;
            }
            if cue != Cue::MarkDeterminer && (found == 0 || cues[found - 1] != Some(cue)) {
                cues[found] = Some(cue);
                found += 1;
            }
        }
        let part = |at: usize| cues[at].map_or(part!(""), Cue::part);
        sink.add(("way", order, part(0), part(1), part(2)));
        sink.group(WAY_BY_CUE.at((before, verb, cues[0])), |sink| sink.add(("way", order, kind, part(0))));
        if found == 0 {
            let deed = self.candidate.class();
            sink.group(WAY_ALONE.at((deed, before, distance)), |sink| sink.add(("way", order, deed, distance)));
        }
        if analysis.has_comma(between) {
            sink.group(COMMA.at((before, verb)), |sink| sink.add(("comma", order, kind)));
        }
    }
}
