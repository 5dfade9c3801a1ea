//! Whether a name fills a slot of a candidate. Most of what tells it hangs on one of the two only: features of the name alone, of
//! the words around it and of the side that it stands on are added up once for all candidates, those of a candidate that looks on
//! a side once for all names there; only what a name is to a candidate is looked at for every pair. A new feature belongs where
//! the least has to be known for it.

use super::{Choice, Scene, Side, basis, near, part, some, sort};
use crate::{
    analysis::{Analysis, Cue, NameAt},
    candidate::Candidate,
    model::{Part, Sink},
};
use pledgebook_mentions::NameType;
use pledgebook_text::TokenKind;
use smallvec::SmallVec;

/// Features of a choice beside the entity that another slot has, `same` where it is that one: whether both belong to one country, by
/// their codes.
pub fn of_taken<S: Sink>(same: bool, sort: Option<Part>, country: Option<&str>, taken: Option<&str>, sink: &mut S) {
    if same {
        sink.add(&["taken"]);
    }
    if let Some(sort) = sort {
        let lands = match (country, taken) {
            (Some(country), Some(taken)) if country == taken => part!("one land"),
            (Some(_), Some(_)) => part!("two lands"),
            _ => part!("no land"),
        };
        sink.add(("taken", lands, sort));
    }
}

/// The rule of a name that tells where a text was written.
const DATELINE: &str = "<dateline>";

/// What is known of a name whatever the candidate.
#[derive(Debug, Clone)]
pub struct Traits {
    sort: Part,
    /// Whether its country is the one that the document tells most of.
    home: Part,
    /// The small word before it.
    mark: Part,
    rank: Part,
    /// How often its bearer is named.
    count: Option<Part>,
    /// The cues behind it.
    after: SmallVec<[Cue; 2]>,
    /// The sort of the name that it introduces.
    introduces: Option<NameType>,
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
}

impl Traits {
    /// Of a name in its place.
    pub fn new(analysis: &Analysis<'_>, name: &NameAt) -> Self {
        let rank = match analysis.salient.iter().take(5).position(|other| *other == name.entity) {
            Some(0) => part!("first"),
            Some(1) => part!("second"),
            Some(_) => part!("some"),
            None => part!("low"),
        };
        let sentence = analysis.sentences.get(name.sentence);
        let first = analysis.named(name.sentence).first().is_some_and(|first| first.mention == name.mention);
        let after = analysis.cues_in(name.end..name.end + 4);
        let before = analysis.cues_in(name.start.saturating_sub(2)..name.start);
        let form = |token: usize| if token < analysis.text.tokens().len() { analysis.text.form(token) } else { "" };
        Self {
            colon: matches!(form(name.end), ":" | "|" | "–" | "—"),
            bracket: name.start.checked_sub(1).is_some_and(|before| form(before) == "("),
            sort: sort(name.sort),
            home: match analysis.entity(name.entity).and_then(|entity| entity.country.as_deref()) {
                None => part!("no land"),
                country if country == analysis.home => part!("home"),
                Some(_) => part!("abroad"),
            },
            mark: name.mark.map_or(part!("none"), Cue::part),
            rank,
            count: analysis.namings.get(name.entity as usize).map(|naming| some(naming.count)),
            introduces: introduces(analysis, name),
            first,
            opens: first && sentence.is_some_and(|sentence| sentence.tokens.start + 2 >= name.start),
            owns: after.iter().any(|cue| cue.start == name.end && cue.cue == Cue::MarkOf),
            says: after.iter().any(|cue| cue.cue == Cue::ReportVerb)
                || before.iter().any(|cue| matches!(cue.cue, Cue::ReportVerb | Cue::ReportSource)),
            after: after.iter().map(|cue| cue.cue).filter(|cue| *cue != Cue::MarkDeterminer).take(2).collect(),
        }
    }
}

/// The sort of the name that a name introduces: "the Swedish group Northvolt", "die Schweden von Northvolt".
fn introduces(analysis: &Analysis<'_>, name: &NameAt) -> Option<NameType> {
    let behind = analysis.names_in(name.end..name.end + 4);
    let next = behind.iter().find(|next| next.sentence == name.sentence)?;
    let between = name.end..next.start;
    let plain = between.clone().all(|token| analysis.text.tokens()[token].kind == TokenKind::Word)
        && !analysis
            .cues_in(between)
            .iter()
            .any(|cue| matches!(cue.cue, Cue::MarkAnd | Cue::MarkOr | Cue::MarkWith) || cue.cue.is_verb());
    plain.then_some(next.sort)
}

/// Features of a name alone.
pub fn of_name<S: Sink>(analysis: &Analysis<'_>, name: &NameAt, traits: &Traits, sink: &mut S) {
    let Some(naming) = analysis.name(name.mention) else { return };
    let Traits { sort, home, rank, .. } = *traits;
    sink.add(("is", sort));
    sink.add(("of", home, sort));
    sink.add(("rank", rank));
    sink.add(("rank", rank, sort));
    let entity = analysis.entity(name.entity);
    if entity.is_some_and(|entity| entity.known.is_some()) {
        sink.add(&["known"]);
        sink.add(("known", sort));
    }
    if let Some(count) = traits.count {
        sink.add(("count", count));
    }
    if analysis.namings.get(name.entity as usize).is_some_and(|naming| naming.leads) {
        sink.add(&["leads"]);
    }
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
    if analysis.houses.get(name.entity as usize).is_some_and(Option::is_some) {
        sink.add(("housed", sort));
    }
    let Some(ground) = analysis.grounds.get(name.entity as usize) else { return };
    let (placed, sited) = (some(ground.placed.into()), some(ground.sited.into()));
    sink.add(("placed", placed, sort));
    sink.add(("sited", sited, sort));
    sink.add(("peer", some(ground.rank.into()), sort));
    if ground.headline {
        sink.add(("headline", sort));
    }
}

/// Features of the words around a name, and of its own last one; the learner drops those that are rare.
pub fn of_surroundings<S: Sink>(analysis: &Analysis<'_>, name: &NameAt, traits: &Traits, sink: &mut S) {
    let Traits { sort, mark, .. } = *traits;
    let form = |token: usize| analysis.form(token);
    let back = |by: usize| form(name.start.checked_sub(by).unwrap_or(usize::MAX));
    sink.add(("mark", mark, sort));
    if traits.first {
        sink.add(("first", mark));
    }
    if let Some(next) = traits.introduces {
        sink.add(("modifier", sort, super::sort(next)));
    }
    for cue in &traits.after {
        sink.add(("after", cue.part()));
    }
    sink.add(("w-1", back(1)));
    sink.add(("w-2", back(2), back(1)));
    sink.add(("w+1", form(name.end)));
    sink.add(("w+2", form(name.end), form(name.end + 1)));
    sink.add(("last", form(name.end.saturating_sub(1))));
}

/// Features of a name on a side.
pub fn of_side<S: Sink>(analysis: &Analysis<'_>, name: &NameAt, traits: &Traits, side: Side, sink: &mut S) {
    let Some(naming) = analysis.name(name.mention) else { return };
    let Traits { sort, home, mark, rank, .. } = *traits;
    let here = side != Side::Document;
    let side = side.part();
    sink.add(("is", sort, side));
    sink.add(("of", home, sort, side));
    if naming.anaphor {
        sink.add(("anaphor", side, sort));
    }
    if name.sort == NameType::Country {
        let how = if naming.seat {
            "seat"
        } else if naming.adjective {
            "adjective"
        } else {
            "name"
        };
        sink.add(("seat", how, side));
    }
    sink.add(("rank", rank, side));
    if let Some(count) = traits.count {
        sink.add(("count", count, side));
    }
    if !here {
        return;
    }
    sink.add(("mark", mark, side));
    if traits.first {
        sink.add(("first", side));
    }
    if traits.opens {
        sink.add(("opens", side));
    }
    if name.oblique {
        sink.add(("oblique", side));
        sink.add(("oblique", side, sort));
    }
    if traits.colon {
        sink.add(("colon", side));
    }
    if traits.bracket {
        sink.add(("bracket", side));
    }
    if traits.introduces.is_some() {
        sink.add(("modifier", side));
    }
    for cue in &traits.after {
        sink.add(("after", cue.part(), side));
    }
    if traits.says {
        sink.add(("speaker", side));
    }
    let before = name.start.checked_sub(1).unwrap_or(usize::MAX);
    sink.add(("w-1", analysis.form(before), side));
    sink.add(("w+1", analysis.form(name.end), side));
}

/// Features of nobody.
pub fn of_nobody<S: Sink>(analysis: &Analysis<'_>, candidate: &Candidate, scene: &Scene, sink: &mut S) {
    sink.add(&["nobody"]);
    sink.add(("nobody", candidate.deed_part()));
    sink.add(("nobody", basis(candidate)));
    sink.add(("nobody", "names", some(scene.names)));
    let set = analysis.sentences.get(candidate.sentence).map(|sentence| sentence.set).unwrap_or_default();
    for cue in [Cue::ModePassive, Cue::MarkPronoun, Cue::MarkAgent, Cue::AmountTotal] {
        if set.has(cue) {
            sink.add(("nobody", cue.part()));
        }
    }
}

/// Features of a candidate that looks for somebody on a side.
pub fn of_candidate<S: Sink>(analysis: &Analysis<'_>, candidate: &Candidate, scene: &Scene, side: Side, sink: &mut S) {
    let word = side.part();
    sink.add(("at", word, candidate.deed_part()));
    if let Some(deed) = candidate.deed.filter(|_| side != Side::Document) {
        sink.add(("deed", word, analysis.form(deed.start)));
    }
    if side == Side::Document && scene.pronoun {
        sink.add(&["document", "pronoun"]);
    }
    if !matches!(side, Side::Left | Side::Right) {
        sink.add(("at", word, "else"));
    }
    if matches!(side, Side::Previous | Side::Earlier) {
        sink.add(("own", word, some(scene.organisations)));
    }
}

/// What one candidate and one name are looked at with.
struct Pair<'p> {
    analysis: &'p Analysis<'p>,
    candidate: &'p Candidate,
    scene: &'p Scene,
    choice: &'p Choice,
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
    let pair = Pair { analysis, candidate, scene, choice, number, name, traits };
    let Traits { sort, mark, .. } = *traits;
    let deed = candidate.deed_part();
    let side = choice.side.part();
    sink.add(("is", sort, deed));
    let Some(back) = choice.back else {
        sink.add(("document", sort, deed));
        if scene.houses.contains(&name.entity) {
            sink.add(("house", side));
        }
        return;
    };
    sink.add(("mark", mark, side, deed));
    if traits.opens {
        sink.add(("opens", side, deed));
    }
    if traits.owns {
        sink.add(("owner", side, deed));
    }
    if name.oblique {
        sink.add(("oblique", side, deed));
    }
    if scene.houses.contains(&name.entity) {
        sink.add(("house", side));
        sink.add(("house", side, deed));
    }
    for role in pair.roles() {
        sink.add(("role", role, pair.kind()));
        sink.add(("role", role, deed));
        sink.add(("role", role, sort));
    }
    if back == 0 {
        let place = if candidate.clause.contains(&name.start) { part!("clause") } else { part!("sentence") };
        sink.add(("at", side, place));
        pair.path(sink);
        pair.way(sink);
        pair.turn(sink);
        pair.order(sink);
    } else if scene.pronoun {
        sink.add(("pronoun", side, mark));
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
    of_pair(analysis, candidate, scene, choice, &traits, sink);
}

impl Pair<'_> {
    /// The file of the deed.
    fn kind(&self) -> Part {
        match self.candidate.deed {
            Some(deed) => deed.cue.section(),
            None => part!("none"),
        }
    }

    /// The parts that the name may play for the deed, by where it stands.
    fn roles(&self) -> SmallVec<[Part; 4]> {
        let Self { analysis, candidate, scene, name, number, .. } = *self;
        let mut roles = SmallVec::new();
        if let Some(back @ 1..) = self.choice.back {
            if name.first_bare {
                roles.push(if back == 1 { part!("subject before") } else { part!("subject earlier") });
            }
            return roles;
        }
        let hinge = scene.hinge;
        if name.first_bare {
            roles.push(if name.start < hinge { part!("opening subject") } else { part!("late subject") });
        }
        if name.bare && scene.clause.contains(&name.start) && name.start < hinge {
            roles.push(part!("subject"));
            if scene.first == Some(number) {
                roles.push(part!("first subject"));
            }
            if scene.nearest == Some(number) {
                roles.push(part!("nearest subject"));
            }
        }
        let anchor = &candidate.anchor;
        if name.bare && name.start < anchor.start {
            // Sums told one after another have each their own subject: what stands behind the sum before belongs to this one.
            let last = scene.last.and_then(|last| analysis.names.get(last)).unwrap_or(name);
            if analysis.has_sum(name.end..anchor.start) {
                let own = last.start > name.start && !analysis.has_sum(last.start..anchor.start);
                roles.push(if own { part!("subject of another sum") } else { part!("subject of sums before") });
            } else {
                let nearer = scene.last.is_some_and(|last| last > number);
                let verb = analysis.cues_in(name.end..anchor.start).iter().any(|cue| cue.cue.is_verb());
                roles.push(match (nearer, verb) {
                    (false, true) => part!("nearest of own sum with verb"),
                    (false, false) => part!("nearest of own sum"),
                    (true, true) => part!("of own sum with verb"),
                    (true, false) => part!("of own sum"),
                });
            }
        }
        if scene.antecedent == Some(number) {
            roles.push(part!("antecedent"));
        }
        if scene.subject_of_relative == Some(number) {
            roles.push(part!("subject of relative"));
        }
        if scene.subject_behind == Some(number) {
            roles.push(part!("subject behind"));
        }
        // "Leipzig is to get a plant from Siemens."
        if scene.receives && scene.clause.contains(&name.start) {
            if name.bare {
                roles.push(part!("receiver"));
            } else if matches!(name.mark, Some(Cue::MarkAgent | Cue::MarkFrom)) {
                roles.push(part!("giver"));
            }
        }
        let end = anchor.end.max(candidate.deed.map_or(0, |deed| deed.end));
        match name.mark {
            Some(Cue::MarkAgent | Cue::MarkFrom) if name.start > hinge => roles.push(part!("agent")),
            Some(Cue::MarkOf) if name.start >= end && name.start <= end + 4 => roles.push(part!("owner after")),
            _ => {}
        }
        if self.traits.owns && name.end <= hinge && hinge - name.end <= 6 {
            roles.push(part!("owner before"));
        }
        roles
    }

    /// What stands between the name and the anchor.
    fn path<S: Sink>(&self, sink: &mut S) {
        let Self { analysis, name, .. } = *self;
        let Traits { mark, .. } = *self.traits;
        let anchor = &self.candidate.anchor;
        let side = self.choice.side.part();
        let between = if name.end <= anchor.start { name.end..anchor.start } else { anchor.end..name.start };
        sink.add(("distance", side, near(between.len())));
        let names = analysis.names_in(between.clone()).iter().filter(|other| other.sort != NameType::Place).count();
        sink.add(("between", side, some(names)));
        let path = analysis.cues_in(between.clone());
        let (mut verb, mut passive) = (None, false);
        for cue in path.iter().map(|cue| cue.cue) {
            if cue.is_deed()
                || matches!(cue, Cue::MarkRelative | Cue::MarkSubordinate | Cue::MarkAgent | Cue::ReportVerb)
            {
                sink.add(("path", side, cue.part()));
            }
            if cue.is_verb() {
                verb = verb.or(Some(cue));
            }
            passive |= cue == Cue::ModePassive;
        }
        sink.add(("verb", side, verb.map_or(part!("none"), Cue::part), mark));
        if passive {
            sink.add(("passive", side, mark));
        }
        if analysis.has_sum(between) {
            sink.add(("figure", side));
        }
    }

    /// Which of the possible subjects of the sentence the name is, and how many of them come nearer to the anchor.
    fn order<S: Sink>(&self, sink: &mut S) {
        let Self { analysis, scene, candidate, number, .. } = *self;
        let Some(place) = scene.subjects.iter().position(|other| *other == number) else { return };
        let side = self.choice.side.part();
        let (nth, of) = (some(place), some(scene.subjects.len()));
        sink.add(("nth", nth, of));
        sink.add(("nth", nth, of, side));
        let nearer =
            |other: &&usize| analysis.names.get(**other).is_some_and(|name| name.start < candidate.anchor.start);
        let nearer = scene.subjects[place + 1..].iter().take_while(nearer).count();
        sink.add(("nearer", some(nearer), candidate.deed_part()));
    }

    /// Whether the name has its turn where the anchor has: "180 from the region, 90 from the state", "Spain pays 130 million, India 15".
    fn turn<S: Sink>(&self, sink: &mut S) {
        let Self { name, scene, candidate, .. } = *self;
        let Some(order) = scene.order else { return };
        let (order, mark) = (order.part(), self.traits.mark);
        let turn = match (scene.own.contains(&name.start), name.start < candidate.anchor.start) {
            (true, true) => part!("own before"),
            (true, false) => part!("own behind"),
            (false, true) => part!("other before"),
            (false, false) => part!("other behind"),
        };
        let clause = if candidate.clause.contains(&name.start) { part!("clause") } else { part!("sentence") };
        sink.add(("turn", turn, order, clause));
        sink.add(("turn", turn, order, mark));
        sink.add(("turn", turn, if name.bare { "bare" } else { "marked" }));
    }

    /// What stands between the name and the deed: how far, how many other names, and which cues in which order.
    fn way<S: Sink>(&self, sink: &mut S) {
        let Self { analysis, name, .. } = *self;
        let Some(deed) = self.candidate.deed else { return };
        let (order, between) = if name.end <= deed.start {
            (part!("before"), name.end..deed.start)
        } else {
            (part!("behind"), deed.end..name.start.max(deed.end))
        };
        let named = analysis.names_in(between.clone());
        let names = named.iter().filter(|name| !matches!(name.sort, NameType::Place | NameType::Person)).count();
        let kind = if deed.cue.is_verb() { part!("verb") } else { part!("noun") };
        sink.add(("deed", order, kind, near(between.len()), some(names)));
        sink.add(("deed", order, kind, self.choice.side.part(), some(names)));
        let mut cues = [part!(""); 3];
        let mut found = 0;
        for cue in analysis.cues_in(between.clone()).iter().filter(|cue| cue.cue != Cue::MarkDeterminer) {
            let cue = cue.cue.part();
            if found == cues.len() {
                break;
            }
            if found == 0 || cues[found - 1] != cue {
                cues[found] = cue;
                found += 1;
            }
        }
        sink.add(("way", order, cues[0], cues[1], cues[2]));
        sink.add(("way", order, kind, cues[0]));
        if found == 0 {
            sink.add(("way", order, deed.cue.part(), near(between.len())));
        }
        if analysis.has_comma(between) {
            sink.add(("comma", order, kind));
        }
    }
}
