//! Whom "the company", "the two countries", "the minister" and "he" stand for.

use super::{
    Entities, Entity,
    lands::Lands,
    lexicon::{Class, How, Tables, What},
    marks::{self, Marks},
    spelling,
    towns::Towns,
};
use crate::{Mention, Name, NameType, Value};
use pledgebook_text::{
    Text, TokenKind,
    fold::{self, fold, fold_into},
};
use smallvec::{SmallVec, smallvec};
use std::{ops::Range, sync::Arc};

/// How many sentences back a bearer is looked for.
const SENTENCES_BACK: usize = 4;
/// How many sentences back a list is looked for of which "the third" is told.
const LIST_SENTENCES_BACK: usize = 8;
/// How many mentions back, so that lists of names cost no more than prose.
const MENTIONS_BACK: usize = 60;

/// How many words on either side of its noun say which group is meant.
const GROUP_WORDS_MAX: usize = 3;

/// Nouns for several that may stand without a name.
const GROUPS: Class = Class(Class::COMPANIES.0 | Class::GOVERNMENTS.0);
/// Nouns that stand for who governs a town or a region.
const SEATS: Class = Class(Class::TERRITORY.0 | Class::MUNICIPALITY.0);

/// Words that say nothing of the noun behind them.
const NO_QUALITY: Class = Class(
    Class::VERB.0
        | Class::SAY.0
        | Class::FUNCTION.0
        | Class::PREPOSITION.0
        | Class::LINK.0
        | Class::IN.0
        | Class::AND.0
        | Class::DEFINITE.0
        | Class::ARTICLE.0
        | Class::HE.0
        | Class::IT.0,
);

/// How many tokens before a name its office may begin.
const OFFICE_TOKENS_MAX: usize = 10;

/// A name met on the way.
#[derive(Debug, Clone, Copy)]
struct Seen {
    entity: u32,
    sort: NameType,
    sentence: usize,
    /// The token behind it.
    end: usize,
    /// Whether it stands like a subject: not behind "in", "of", "with".
    subject: bool,
    /// Whether it is told by the way: in brackets.
    aside: bool,
    /// Whether its words are those of an authority, a commission, a university.
    office: bool,
    adjective: bool,
}

/// Appends mentions for anaphors; `mentions[first..]` are the names of the text in order.
pub fn resolve(
    text: &Text<'_>,
    marks: &Marks,
    tables: &Tables,
    moneys: &[u16],
    first: usize,
    entities: &mut Entities,
    mentions: &mut Vec<Mention>,
) {
    let names = &mentions[first..];
    let lands = Lands::new(entities, tables, moneys);
    let towns = Towns::new(text, entities, names);
    let home = lands.home().and_then(|(home, _)| entities.get(home)?.known());
    // A region within another one is a province: "la Région" is none.
    let whole = |entity: &Entity| entity.region && entity.within.is_none();
    let own = most_named(entities, names, |entity| whole(entity) && entity.country.as_deref() == home);
    let region = own.or_else(|| around(entities, tables)).or_else(|| most_named(entities, names, whole));
    let province = most_named(entities, names, |entity| entity.region && entity.within.is_some());
    let mut resolver = Resolver {
        text,
        marks,
        tables,
        entities,
        seen: Vec::with_capacity(names.len()),
        offices: Vec::new(),
        found: Vec::with_capacity(names.len() / 4),
        lands,
        towns,
        region,
        province,
        unnamed: SmallVec::new(),
    };
    let mut next = 0;
    for (index, sentence) in text.sentences().iter().enumerate() {
        let end = sentence.tokens.end;
        let mut at = sentence.tokens.start;
        while at < end {
            // A name that ends the sentence before is followed by the first word of the next: that one is met there.
            while let Some(mention) = names.get(next).filter(|mention| mention.tokens.start <= at.min(end - 1)) {
                resolver.meet(mention, index);
                next += 1;
                if mention.tokens.end > at {
                    at = mention.tokens.end;
                }
            }
            if at >= end {
                break;
            }
            // Most tokens stand for nobody.
            let to = names.get(next).map_or(end, |mention| mention.tokens.start.min(end)).max(at + 1);
            let Some(asked) = marks.first_asked(at..to) else {
                at = to;
                continue;
            };
            at = resolver.step(asked, sentence.tokens.clone(), index, &names[next..]).max(asked + 1);
        }
    }
    let found = resolver.found;
    mentions.extend(found);
}

struct Resolver<'a, 't> {
    text: &'a Text<'t>,
    marks: &'a Marks,
    tables: &'a Tables,
    entities: &'a mut Entities,
    seen: Vec<Seen>,
    /// Which offices were said of whom, as stems of their nouns.
    offices: Vec<(u64, u32)>,
    found: Vec<Mention>,
    /// The countries that the text names.
    lands: Lands,
    /// The towns that the text names.
    towns: Towns,
    /// The region below a state that the text names most, or that most of its places lie in.
    region: Option<u32>,
    /// The province of a region that the text names most.
    province: Option<u32>,
    /// Territories and groups that the text speaks of without a name, by their words.
    unnamed: SmallVec<[(u64, u32); 2]>,
}

impl Resolver<'_, '_> {
    fn meet(&mut self, mention: &Mention, sentence: usize) {
        let Value::Name(name) = &mention.value else { return };
        let start = self.text.sentences()[sentence].tokens.start;
        let before = mention
            .tokens
            .start
            .checked_sub(1)
            .filter(|at| *at >= start)
            .map_or(Class::NONE, |at| self.marks.class(at));
        let subject = !before.any(Class::IN | Class::LINK | Class::PREPOSITION | Class::AT | Class::BETWEEN);
        let mark = |at: Option<usize>, mark: &str| {
            at.and_then(|at| self.text.tokens().get(at)).is_some_and(|token| token.is(self.text.source(), mark))
        };
        let aside = mark(mention.tokens.start.checked_sub(1), "(") && mark(Some(mention.tokens.end), ")");
        let (entity, sort, adjective) = (name.entity, name.sort, name.adjective);
        let office = mention.tokens.clone().any(|at| self.marks.class(at).any(Class::BODY | Class::GOVERNMENT))
            && !mention.tokens.clone().any(|at| self.marks.class(at).any(Class::COMPANY | Class::LEGAL | Class::TAIL));
        self.seen.push(Seen { entity, sort, sentence, end: mention.tokens.end, subject, aside, office, adjective });
        if name.sort == NameType::Place {
            self.towns.meet(entity, self.text.sentences()[sentence].block);
        }
        if name.sort == NameType::Country {
            self.lands.meet(entity, sentence, subject && !adjective);
        }
        if name.sort == NameType::Person {
            self.note_offices(name.entity, mention.tokens.clone(), sentence);
        }
    }

    /// Remembers "Science Minister X" and "X, PDG de Nvidia".
    fn note_offices(&mut self, entity: u32, tokens: Range<usize>, sentence: usize) {
        let range = self.text.sentences()[sentence].tokens.clone();
        // "la consejera de Economía, Empresas y Empleo, X" holds fields, which commas part.
        let field = |at: usize| {
            let token = &self.text.tokens()[at];
            token.kind == TokenKind::Word
                && (token.shape.capital() || self.marks.class(at).any(Class::AND | Class::LINK))
        };
        let mut at = tokens.start;
        for _ in 0..OFFICE_TOKENS_MAX {
            if at == range.start {
                break;
            }
            at -= 1;
            let parts = self.text.form(at) == "," && (at == range.start || !field(at - 1));
            if parts || self.marks.class(at).any(Class::VERB | Class::SAY) {
                break;
            }
            if self.marks.class(at).any(Class::ROLE) {
                self.offices.push((self.stem(at), entity));
            }
        }
        if self.text.tokens().get(tokens.end).is_some_and(|token| token.is(self.text.source(), ",")) {
            for at in tokens.end + 1..range.end.min(tokens.end + 7) {
                if self.text.form(at) == "," || self.marks.class(at).any(Class::VERB | Class::SAY) {
                    break;
                }
                if self.marks.class(at).any(Class::ROLE) {
                    self.offices.push((self.stem(at), entity));
                }
            }
        }
    }

    fn stem(&self, at: usize) -> u64 {
        match self.marks.stem(at) {
            0 => marks::hash(self.tables.stems.cut(&self.marks.folded(self.text, at))),
            stem => stem,
        }
    }

    fn step(&mut self, at: usize, range: Range<usize>, sentence: usize, following: &[Mention]) -> usize {
        let class = self.marks.class(at);
        if class.any(Class::HE | Class::IT) {
            self.pronoun(at, sentence);
            return at + 1;
        }
        // "der tschechische Staat": the adjective told whose.
        if class.any(Class::LAND | Class::GOVERNMENT)
            && self.seen.last().is_some_and(|seen| seen.end == at && seen.adjective && seen.sort == NameType::Country)
        {
            return at + 1;
        }
        if class.any(GROUPS)
            && let Some(end) = self.tell_group(at, &range, following)
        {
            return end;
        }
        if self.is_titled(at, &range) {
            let state = self.lands.governed(sentence);
            self.push(at..at + 1, state.as_slice(), "<noun>");
            return at + 1;
        }
        let bare = self.tables.articleless && class.any(NOUNS);
        if !class.any(Class::DEFINITE | Class::TWO) && !bare {
            return at + 1;
        }
        let Some((noun, end)) = self.noun(at, range.clone(), bare) else {
            // "Le premier apporte 20 millions": what is done shows that no noun is left out but the one of the list.
            if !bare
                && at + 2 < range.end
                && (self.marks.class(at + 2).any(Class::VERB | Class::SAY) || self.text.form(at + 2) == ",")
                && let Some(bearer) = self.turn(at + 1, sentence).and_then(|turn| self.listed(turn, sentence))
            {
                self.push(at..at + 2, &[bearer], "<definite> <turn>");
                return at + 2;
            }
            return at + 1;
        };
        // "the EIB's vice-president": half a word stands for nobody.
        let tokens = self.text.tokens();
        let halved = tokens.get(end).is_some_and(|hyphen| hyphen.shape.glued() && hyphen.is(self.text.source(), "-"))
            && tokens.get(end + 1).is_some_and(|next| next.shape.glued() && next.kind == TokenKind::Word);
        if halved && range.contains(&(end + 1)) {
            return end + 2;
        }
        // "das japanische Unternehmen X": names inside the phrase do not stand behind it.
        let inside = following.first().filter(|next| next.tokens.start < end);
        // A name of its own: "le gouvernement de la Wallonie", "der Nordelb-Bank"; "der Bund" stands for a state either way.
        let seat = |next: &Mention| matches!(&next.value, Value::Name(name) if name.seat);
        let own = |next: &Mention| next.tokens.end > end || next.tokens.contains(&noun) && !seat(next);
        if following.iter().take_while(|next| next.tokens.start < end).any(own) {
            return end;
        }
        let upcoming = following.iter().map(|next| next.tokens.clone()).find(|next| next.start >= end);
        let named = upcoming.as_ref().is_some_and(|next| {
            let gap = next.start.saturating_sub(end);
            next.start >= end
                && (gap == 0
                    || self.of_class(noun).any(Class::ROLE) && self.is_apposed(end, following)
                    || gap == 1 && matches!(self.text.form(end), "«" | "“" | "„" | "\"" | "'")
                    || gap <= 3
                        && self.of_class(noun).any(Class::COMPANY | Class::ROLE | Class::AUTHORITY)
                        && (end..next.start).all(|i| {
                            self.marks.class(i).any(Class::LINK | Class::DEFINITE | Class::QUALITY | Class::PORTFOLIO)
                        }))
        });
        // "le géant de l'investissement X": the noun with its complement introduces the name.
        let introduces = self.of_class(noun).any(Class::COMPANY | Class::ROLE | Class::AUTHORITY)
            && self.marks.class(end).any(Class::LINK)
            && upcoming.as_ref().is_some_and(|next| {
                (end + 2..end + 6).contains(&next.start)
                    && (end..next.start).all(|at| {
                        self.text.tokens()[at].kind == TokenKind::Word
                            && !self.marks.class(at).any(Class::VERB | Class::AND | Class::SAY)
                    })
                    && !self.marks.class(next.start - 1).any(Class::LINK | Class::IN | Class::PREPOSITION | Class::AT)
            });
        // "die Regierung in Wien"
        let seated = self.of_class(noun).any(Class::GOVERNMENT)
            && self.marks.class(end).any(Class::IN)
            && upcoming.as_ref().is_some_and(|next| next.start == end + 1);
        if introduces || seated {
            return end;
        }
        let class = self.of_class(noun);
        let several = (at..noun).any(|i| self.marks.class(i).any(Class::TWO))
            || class.any(Class::NATIONS | Class::COMPANIES | Class::GOVERNMENTS | Class::ROLES);
        if named
            && !(class.any(Class::COMPANY)
                && upcoming.as_ref().is_some_and(|next| self.is_place(next.clone()) && next.start > end))
        {
            return end;
        }
        // "groupe" for several and one may be spelt alike ("pays"): the number before decides.
        let counted = (at..noun).any(|i| self.marks.class(i).any(Class::TWO));
        let bearers = if several && (counted || !class.any(Class::LAND | Class::COMPANY)) {
            self.several(class, sentence)
        } else if let Some(country) = inside.and_then(|next| self.country_of(next))
            && class.any(Class::LAND | Class::GOVERNMENT)
        {
            smallvec![country]
        } else if let Some(place) = self.place_before(at, sentence).filter(|_| class.any(SEATS)) {
            smallvec![place]
        } else if class.any(Class::TERRITORY) && (self.region.is_some() || !class.any(Class::LAND)) {
            self.holder(noun).map_or_else(|| self.territory(noun), |holder| smallvec![holder])
        } else if class.any(Class::LAND) {
            let latest = self.latest(sentence, |seen| seen.sort == NameType::Country);
            let home = || self.lands.home().map(|(home, _)| home).into_iter().collect();
            if latest.is_empty() { home() } else { latest }
        } else if class.any(Class::GOVERNMENT) {
            self.lands.governed(sentence).into_iter().collect()
        } else if class.any(Class::MUNICIPALITY) {
            let region = |number: u32| self.entities.get(number).is_some_and(|entity| entity.region);
            let near = || self.salient(sentence, |seen| seen.sort == NameType::Place && !region(seen.entity));
            let meant = || self.towns.meant(self.text.sentences()[sentence].block);
            match self.holder(noun).or_else(meant).or_else(near) {
                Some(town) => smallvec![town],
                None => self.unnamed(noun),
            }
        } else if class.any(Class::COMPANY | Class::BODY) {
            self.organisation(at, noun, class, sentence)
        } else if class.any(Class::ROLE) && !self.marks.class(end).any(Class::LINK) {
            self.office(noun, sentence)
        } else {
            SmallVec::new()
        };
        if bearers.is_empty()
            && !self.marks.class(at).any(Class::DEFINITE)
            && class.any(GROUPS)
            && let Some(end) = self.tell_group(noun, &range, following)
        {
            return end;
        }
        self.push(at..end, &bearers, "<definite> <noun>");
        end
    }

    /// "the minister, Liz Kendall", "la sottosegretaria al Mise, Mirella Liuzzi": whether a person is told behind an office that ends before
    /// token `end`, whatever the office is for.
    fn is_apposed(&self, end: usize, following: &[Mention]) -> bool {
        let mut near = following.iter().take_while(|name| name.tokens.start <= end + OFFICE_TOKENS_MAX);
        let Some(person) = near.find(|name| name.tokens.start > end && is_person(name)) else { return false };
        let comma = person.tokens.start - 1;
        self.text.form(comma) == ","
            && (end..comma).all(|at| {
                self.text.tokens()[at].kind == TokenKind::Word && !self.marks.class(at).any(Class::VERB | Class::SAY)
            })
    }

    /// The country of a government told by its people or its head: "the French government", "the Biden administration".
    fn country_of(&self, mention: &Mention) -> Option<u32> {
        let Value::Name(name) = &mention.value else { return None };
        let entity = self.entities.get(name.entity)?;
        if entity.sort == NameType::Country {
            return Some(name.entity);
        }
        let code = entity.country.as_deref().filter(|_| entity.sort == NameType::Person)?;
        self.entities.iter().find(|(_, other)| other.known() == Some(code)).map(|(number, _)| number)
    }

    fn of_class(&self, at: usize) -> Class {
        self.marks.class(at) & NOUNS
    }

    fn is_place(&self, tokens: Range<usize>) -> bool {
        self.marks.hit(tokens.start).is_some_and(|hit| match hit.what {
            What::Country(..) | What::Adjective(_) => true,
            What::Bearer(number) => self.tables.bearers[number as usize].sort == NameType::Place,
            What::Words(_) => false,
        })
    }

    /// "four Singapore firms", "des banques étrangères": several of whom no name is told, with the words that say which. Who is told with an
    /// article, or behind "of" and "in", was told before or does nothing.
    fn group(&self, at: usize, range: &Range<usize>, following: &[Mention]) -> Option<Range<usize>> {
        let tokens = self.text.tokens();
        if tokens[at].kind != TokenKind::Word
            || self.is_capital(at, range) && !self.tables.capital_nouns && at > range.start
        {
            return None;
        }
        let says_which = |at: usize| {
            tokens[at].kind == TokenKind::Number
                || self.marks.class(at).any(Class::TWO | Class::QUALITY)
                || self.adjective_of(at).is_some()
        };
        // "two foreign firms": plain words may stand between.
        let plain = |at: &usize| {
            tokens[*at].kind == TokenKind::Word
                && !self.is_capital(*at, range)
                && !self.marks.class(*at).any(NO_QUALITY)
                || says_which(*at)
        };
        let words = (range.start..at).rev().take(GROUP_WORDS_MAX).take_while(plain);
        let start = words.filter(|at| says_which(*at)).last().unwrap_or(at);
        let before = start.checked_sub(1).filter(|before| range.contains(before));
        let told = before.map_or(Class::NONE, |before| self.marks.class(before));
        if told.any(Class::DEFINITE | Class::ARTICLE | Class::LINK | Class::IN | Class::AND) {
            return None;
        }
        let end = (at + 1..range.end)
            .take(GROUP_WORDS_MAX)
            .take_while(|at| says_which(*at))
            .last()
            .map_or(at + 1, |last| last + 1);
        // Without articles "the sides" and "sides" are written alike, and a German noun may be one or several: another word tells.
        let bare = end - start == 1 && (self.tables.articleless || self.tables.capital_nouns);
        let hyphen = |at: usize| range.contains(&at) && tokens[at].is(self.text.source(), "-");
        let part = hyphen(end) || start > range.start && hyphen(start - 1);
        // "partners Nvidia and OpenAI" are named, and so are governments by their countries, where no word links the two.
        let of_countries = self.marks.class(at).any(Class::GOVERNMENTS)
            && self.marks.hit(at + 1).is_some_and(|hit| matches!(hit.what, What::Country(_, How::Name)));
        let named =
            following.iter().any(|name| name.tokens.start == end || of_countries && name.tokens.start == at + 1);
        (!named && !bare && !part).then_some(start..end)
    }

    /// The country of an adjective at a token.
    fn adjective_of(&self, at: usize) -> Option<&Arc<str>> {
        match self.marks.hit(at)?.what {
            What::Country(code, How::Adjective | How::Name) => Some(&self.tables.codes[code as usize]),
            _ => None,
        }
    }

    /// Writes the mention of a group whose noun is told at a token, and returns the token behind it.
    fn tell_group(&mut self, at: usize, range: &Range<usize>, following: &[Mention]) -> Option<usize> {
        let group = self.group(at, range, following)?;
        let (end, bearer) = (group.end, self.unnamed_group(group.clone()));
        self.push(group, &[bearer], "<group>");
        Some(end)
    }

    /// A group is called by the text's own words.
    fn unnamed_group(&mut self, tokens: Range<usize>) -> u32 {
        let words = self.text.slice(tokens.clone());
        let key = marks::hash(&fold(words));
        if let Some((_, known)) = self.unnamed.iter().find(|(other, _)| *other == key) {
            return *known;
        }
        let country = tokens.clone().find_map(|at| self.adjective_of(at)).map(Arc::clone);
        let unlisted = Entity::unlisted(NameType::Organisation, words);
        let number = self.entities.add(Entity { country, ..unlisted });
        self.unnamed.push((key, number));
        number
    }

    /// "Hacienda pagará", "Defensa compra": a word of government written like a name needs no article, that of its field a verb.
    fn is_titled(&self, at: usize, range: &Range<usize>) -> bool {
        let class = self.marks.class(at);
        if self.tables.capital_nouns || !class.any(Class::GOVERNMENT | Class::PORTFOLIO) {
            return false;
        }
        let before = at.checked_sub(1).filter(|before| range.contains(before));
        let before = before.map_or(Class::NONE, |before| self.marks.class(before));
        let behind = self.marks.class(at + 1);
        self.is_capital(at, range)
            && !self.is_capital(at + 1, range)
            && !before.any(Class::LINK | Class::AND | Class::DEFINITE)
            && !behind.any(Class::LINK | Class::AND)
            && (class.any(Class::GOVERNMENT) || class.any(Class::PORTFOLIO) && behind.any(Class::VERB))
    }

    fn is_capital(&self, at: usize, range: &Range<usize>) -> bool {
        range.contains(&at) && self.text.tokens()[at].kind == TokenKind::Word && self.text.tokens()[at].shape.capital()
    }

    /// The noun of a definite phrase that begins at `at`, and the token after the phrase.
    fn noun(&self, at: usize, range: Range<usize>, bare: bool) -> Option<(usize, usize)> {
        let from = if bare { at } else { at + 1 };
        for noun in from..range.end.min(at + 6) {
            let class = self.marks.class(noun);
            let token = &self.text.tokens()[noun];
            if class.any(NOUNS)
                && token.kind == TokenKind::Word
                && (!token.shape.capital()
                    || self.tables.capital_nouns
                    || noun == at
                    || class.any(Class::AUTHORITY)
                    || class.any(Class::GOVERNMENT) && !self.is_capital(noun + 1, &range))
            {
                let mut end = noun + 1;
                // "le géant américain", "the tech group"
                while end < range.end {
                    let class = self.marks.class(end);
                    let adjective = self.marks.hit(end).is_some() && !self.text.tokens()[end].shape.capital();
                    if adjective
                        || class.any(NOUNS)
                            && !self.text.tokens()[end].shape.capital()
                            && self.text.tokens()[end].kind == TokenKind::Word
                            && !self.tables.capital_nouns
                    {
                        end += 1;
                    } else {
                        break;
                    }
                }
                let last = (noun..end).rev().find(|i| self.marks.class(*i).any(NOUNS)).unwrap_or(noun);
                return Some((last, end));
            }
            let word = token.kind == TokenKind::Word;
            let joined = !word && matches!(self.text.form(noun), "-" | "\u{2011}" | "\u{2010}");
            let article =
                noun > from && class.any(Class::DEFINITE | Class::ARTICLE | Class::WHO | Class::HE | Class::IT);
            if article
                || !word && !joined
                || class.any(Class::VERB | Class::LINK | Class::AND | Class::SAY | Class::PREPOSITION | Class::IN)
                    && !joined
                    && !class.any(Class::TWO)
            {
                return None;
            }
        }
        None
    }

    fn push(&mut self, tokens: Range<usize>, bearers: &[u32], rule: &'static str) {
        let Some(entity) = bearers.first().and_then(|number| self.entities.get(*number)) else { return };
        self.found.push(Mention {
            bytes: self.text.bytes(tokens.clone()),
            tokens,
            value: Value::Name(Name {
                also: bearers[1..].iter().copied().collect(),
                anaphor: true,
                ..Name::of(entity, bearers[0])
            }),
            rule,
        });
    }

    /// The names met in the last sentences, latest first.
    fn back(&self, sentence: usize) -> impl Iterator<Item = &Seen> {
        self.seen.iter().rev().take(MENTIONS_BACK).take_while(move |seen| sentence - seen.sentence <= SENTENCES_BACK)
    }

    fn latest(&self, sentence: usize, fits: impl Fn(&Seen) -> bool) -> SmallVec<[u32; 3]> {
        let named = self.back(sentence).find(|seen| fits(seen) && !seen.adjective);
        named
            .or_else(|| self.back(sentence).find(|seen| fits(seen)))
            .map(|seen| smallvec![seen.entity])
            .unwrap_or_default()
    }

    /// Whom the text is about, of those that fit.
    fn salient(&self, sentence: usize, fits: impl Fn(&Seen) -> bool) -> Option<u32> {
        // Nearness, standing as a subject, and how often the text has named it so far.
        let mut best: Option<(usize, u32)> = None;
        for seen in self.back(sentence).filter(|seen| fits(seen)) {
            let often = self.back(sentence).filter(|other| other.entity == seen.entity).take(6).count();
            let points = 3 * (SENTENCES_BACK - (sentence - seen.sentence))
                + often
                + if seen.sort == NameType::Person {
                    3 * usize::from(seen.subject)
                } else {
                    5 * usize::from(seen.subject)
                        + 5 * usize::from(self.heads(seen.entity))
                        + 6 * usize::from(!seen.aside)
                };
            if best.is_none_or(|(most, _)| points >= most) {
                best = Some((points, seen.entity));
            }
        }
        best.map(|(_, entity)| entity)
    }

    /// Whether the first sentence, mostly the headline, names it.
    fn heads(&self, entity: u32) -> bool {
        self.seen.iter().take_while(|seen| seen.sentence == 0).any(|seen| seen.entity == entity)
    }

    fn several(&self, class: Class, sentence: usize) -> SmallVec<[u32; 3]> {
        let sort = if class.any(Class::LAND | Class::NATIONS | Class::GOVERNMENT | Class::GOVERNMENTS) {
            NameType::Country
        } else if class.any(Class::ROLE | Class::ROLES) {
            NameType::Person
        } else {
            NameType::Organisation
        };
        // The nearest sentence that names at least two of the sort.
        let mut names: SmallVec<[u32; 3]> = SmallVec::new();
        let mut current = usize::MAX;
        for seen in self.back(sentence).filter(|seen| seen.sort == sort) {
            if seen.sentence != current {
                if names.len() >= 2 {
                    break;
                }
                current = seen.sentence;
                if sort != NameType::Country {
                    names.clear();
                }
            }
            if !names.contains(&seen.entity) {
                names.push(seen.entity);
            }
        }
        if names.len() < 2 {
            return SmallVec::new();
        }
        if sort != NameType::Person {
            names.truncate(2);
        }
        names.reverse();
        names
    }

    fn organisation(&self, at: usize, noun: usize, class: Class, sentence: usize) -> SmallVec<[u32; 3]> {
        let is_body = |seen: &Seen| seen.sort == NameType::Organisation && !self.is_outlet(seen);
        // "Merck: the German company invests": the label in front is whom the noun stands for.
        let labelled = |seen: &&Seen| seen.end + 1 == at && self.text.form(seen.end) == ":" && is_body(seen);
        if let Some(label) = self.seen.last().filter(labelled) {
            return smallvec![label.entity];
        }
        let from = at.saturating_sub(usize::from(self.tables.articleless));
        let turn = (from..noun).find_map(|at| self.turn(at, sentence));
        if let Some(listed) = turn.and_then(|turn| self.listed(turn, sentence)) {
            return smallvec![listed];
        }
        if let Some(holder) = self.holder(noun) {
            return smallvec![holder];
        }
        if !class.any(Class::COMPANY) {
            return SmallVec::new();
        }
        // "the US giant", "the Boston-based company": one of that country comes first.
        let country = (from..noun + 3).find_map(|i| match self.marks.hit(i)?.what {
            super::lexicon::What::Country(code, _) => Some(&*self.tables.codes[code as usize]),
            super::lexicon::What::Bearer(number) | super::lexicon::What::Adjective(number) => {
                self.tables.bearers[number as usize].country.as_deref()
            }
            super::lexicon::What::Words(_) => None,
        });
        if let Some(country) = country {
            let of_it = |seen: &Seen| {
                is_body(seen)
                    && self.entities.get(seen.entity).is_some_and(|entity| entity.country.as_deref() == Some(country))
            };
            if let Some(entity) = self.salient(sentence, of_it) {
                return smallvec![entity];
            }
            let unknown = |seen: &Seen| {
                is_body(seen) && self.entities.get(seen.entity).is_some_and(|entity| entity.country.is_none())
            };
            return self.salient(sentence, unknown).map(|entity| smallvec![entity]).unwrap_or_default();
        }
        // A commission or ministry is seldom called a company.
        let firm = |seen: &Seen| is_body(seen) && !seen.office;
        let firm = self.salient(sentence, firm).or_else(|| self.salient(sentence, is_body));
        firm.map(|entity| smallvec![entity]).unwrap_or_default()
    }

    /// "In Puglia la giunta …", "In Leeds, the council …": the place that stands right before who governs it.
    fn place_before(&self, at: usize, sentence: usize) -> Option<u32> {
        let last = self.seen.last().filter(|seen| seen.sentence == sentence && seen.sort == NameType::Place)?;
        let near = last.end == at || last.end + 1 == at && self.text.form(last.end) == ",";
        let inside = |from: usize| self.marks.class(from).any(Class::IN) && self.text.tokens()[from].shape.capital();
        (near && inside(self.text.sentences()[sentence].tokens.start)).then_some(last.entity)
    }

    /// The place in a list that a word tells: "the first company", "the latter".
    fn turn(&self, at: usize, sentence: usize) -> Option<usize> {
        let word = self.text.tokens().get(at).filter(|token| token.kind == TokenKind::Word)?;
        // "Premier ministre" inside a sentence is a title.
        if word.shape.capital() && at != self.text.sentences()[sentence].tokens.start {
            return None;
        }
        self.tables.turns.get(&*self.marks.folded(self.text, at)).copied()
    }

    /// The body with that place in the last sentence that names several of them.
    fn listed(&self, turn: usize, sentence: usize) -> Option<u32> {
        let is_body = |seen: &&Seen| seen.sort == NameType::Organisation && !seen.adjective && !self.is_outlet(seen);
        (sentence.saturating_sub(LIST_SENTENCES_BACK)..sentence).rev().find_map(|told| {
            let mut list: SmallVec<[u32; 4]> = SmallVec::new();
            let from = self.seen.partition_point(|seen| seen.sentence < told);
            for seen in self.seen[from..].iter().take_while(|seen| seen.sentence == told).filter(is_body) {
                if !list.contains(&seen.entity) {
                    list.push(seen.entity);
                }
            }
            list.get(turn).copied().filter(|_| list.len() > 1)
        })
    }

    fn is_outlet(&self, seen: &Seen) -> bool {
        self.entities.get(seen.entity).is_some_and(|entity| entity.outlet)
    }

    /// The body named last whose name holds the noun itself: "the university", "the bank", "the council".
    fn holder(&self, noun: usize) -> Option<u32> {
        let word = self.marks.folded(self.text, noun);
        let stem = self.tables.stems.cut(&word);
        // Each body is asked once, however often it is named.
        let mut asked: SmallVec<[u32; 16]> = SmallVec::new();
        let (mut folded, initial) = (String::new(), stem.chars().next());
        let holds = |seen: &&Seen| {
            if seen.sort != NameType::Organisation || asked.contains(&seen.entity) {
                return false;
            }
            asked.push(seen.entity);
            !self.is_outlet(seen)
                && self.entities.get(seen.entity).is_some_and(|entity| {
                    entity.forms.iter().take(4).any(|form| {
                        form.split(' ').filter(|part| may_begin(part, initial)).any(|part| {
                            folded.clear();
                            fold_into(part, &mut folded);
                            self.tables.stems.cut(&folded) == stem
                        })
                    })
                })
        };
        self.seen.iter().rev().take(MENTIONS_BACK).find(holds).map(|seen| seen.entity)
    }

    /// "the canton", "das Land": the region that the text names, else the noun itself.
    fn territory(&mut self, noun: usize) -> SmallVec<[u32; 3]> {
        let named = if self.of_class(noun).any(Class::PROVINCE) { self.province } else { self.region };
        named.map_or_else(|| self.unnamed(noun), |region| smallvec![region])
    }

    /// A place that the text speaks of without its name: its noun stands for it.
    fn unnamed(&mut self, noun: usize) -> SmallVec<[u32; 3]> {
        // "Consiglio di Stato": the head is what it is called.
        let noun = (0..=noun).rev().find(|at| !self.of_class(*at).any(Class::LINK)).unwrap_or(noun);
        let stem = self.stem(noun);
        if let Some((_, known)) = self.unnamed.iter().find(|(other, _)| *other == stem) {
            return smallvec![*known];
        }
        let word = self.text.form(noun);
        let unlisted = Entity::unlisted(NameType::Place, spelling::latin(word, self.tables));
        let number = self.entities.add(Entity { forms: smallvec![word.into()], region: true, ..unlisted });
        self.unnamed.push((stem, number));
        smallvec![number]
    }

    fn office(&self, noun: usize, sentence: usize) -> SmallVec<[u32; 3]> {
        let stem = self.stem(noun);
        if let Some((_, entity)) = self.offices.iter().rev().take(MENTIONS_BACK).find(|(office, _)| *office == stem) {
            return smallvec![*entity];
        }
        let near = self.back(sentence).find(|seen| seen.sort == NameType::Person && sentence - seen.sentence <= 1);
        near.map(|seen| smallvec![seen.entity]).unwrap_or_default()
    }

    fn pronoun(&mut self, at: usize, sentence: usize) {
        let class = self.marks.class(at);
        if class.any(Class::IMPERSONAL) {
            return;
        }
        let near = |seen: &Seen| sentence - seen.sentence <= 1;
        let person = class
            .any(Class::HE)
            .then(|| self.salient(sentence, |seen| near(seen) && seen.sort == NameType::Person))
            .flatten();
        let body = class
            .any(Class::IT)
            .then(|| self.salient(sentence, |seen| near(seen) && seen.sort == NameType::Organisation && seen.subject))
            .flatten();
        // Where one word may stand for both, the one whose name is nearer as a subject.
        let bearer = match (person, body) {
            (Some(person), Some(body)) => {
                let nearest =
                    self.back(sentence).find(|seen| seen.subject && (seen.entity == person || seen.entity == body));
                nearest.map(|seen| seen.entity)
            }
            (one, other) => one.or(other),
        };
        if let Some(bearer) = bearer {
            self.push(at..at + 1, &[bearer], "<pronoun>");
        }
    }
}

/// The region that most of a text's places lie in; it is added to the bearers where the text does not name it.
fn around(entities: &mut Entities, tables: &Tables) -> Option<u32> {
    let known = {
        let mut counts: SmallVec<[(usize, &str); 4]> = SmallVec::new();
        for within in entities.iter().filter_map(|(_, entity)| entity.within.as_deref()) {
            match counts.iter_mut().find(|(_, other)| *other == within) {
                Some((count, _)) => *count += 1,
                None => counts.push((1, within)),
            }
        }
        let (_, first_of_most) = counts.iter().rev().max_by_key(|(count, _)| *count)?;
        &tables.bearers[*tables.regions.get(*first_of_most)? as usize]
    };
    let named = entities.iter().find(|(_, entity)| entity.region && entity.known() == Some(&*known.name));
    if let Some((number, _)) = named {
        return Some(number);
    }
    let region = Entity::listed(NameType::Place, Arc::clone(&known.name));
    Some(entities.add(Entity { country: known.country.clone(), region: true, ..region }))
}

/// The place that most mentions name, of those that fit.
fn most_named(entities: &Entities, names: &[Mention], fits: impl Fn(&Entity) -> bool) -> Option<u32> {
    let mut counts: SmallVec<[(usize, u32); 8]> = entities
        .iter()
        .filter(|(_, entity)| entity.sort == NameType::Place && fits(entity))
        .map(|(number, _)| (0, number))
        .collect();
    if counts.len() < 2 {
        return counts.first().map(|(_, number)| *number);
    }
    for mention in names {
        let Value::Name(name) = &mention.value else { continue };
        if let Ok(at) = counts.binary_search_by_key(&name.entity, |(_, number)| *number) {
            counts[at].0 += 1;
        }
    }
    counts.iter().rev().max_by_key(|(count, _)| *count).map(|(_, number)| *number)
}

fn is_person(mention: &Mention) -> bool {
    matches!(&mention.value, Value::Name(name) if name.sort == NameType::Person)
}

/// Whether a word may begin with a small letter once it is folded: quickly told, and sure where it does not.
fn may_begin(word: &str, initial: Option<char>) -> bool {
    let mut chars = word.chars();
    let first = chars.next().and_then(fold::small);
    // A mark behind a letter may make another letter of it.
    let alone = chars.next().is_none_or(|next| fold::small(next).is_some());
    first.is_none() || first == initial || !alone
}

/// Words that a phrase may begin with which stands for a name, nouns without an article but for the titled ones left out.
const ASKS: Class = Class(
    GROUPS.0 | Class::HE.0 | Class::IT.0 | Class::GOVERNMENT.0 | Class::PORTFOLIO.0 | Class::DEFINITE.0 | Class::TWO.0,
);

/// The words that a phrase may begin with which stands for a name.
pub(super) fn asks(tables: &Tables) -> Class {
    if tables.articleless { ASKS | NOUNS } else { ASKS }
}

/// Nouns that may stand for a name.
const NOUNS: Class = Class(
    Class::COMPANY.0
        | Class::COMPANIES.0
        | Class::LAND.0
        | Class::NATIONS.0
        | Class::GOVERNMENT.0
        | Class::GOVERNMENTS.0
        | Class::ROLE.0
        | Class::ROLES.0
        | Class::BODY.0
        | Class::AUTHORITY.0
        | Class::PROVINCE.0,
);
