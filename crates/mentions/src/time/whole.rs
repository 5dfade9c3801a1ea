//! Whole mentions of time: points with the prepositions that open or close them, ranges, lengths.

use super::{
    calendar::{Period, Unit},
    lattice::{Parsed, Window},
    lengths::{Count, at_length},
    resolve::{Base, Point, Tense, Told},
    words::{Word, mask},
};
use crate::Length;
use jiff::civil::Date;
use pledgebook_text::TokenKind;

/// What a whole mention says, before it is told to the world.
#[derive(Debug, Clone, Copy)]
pub enum Whole {
    Told(Told),
    From(Told),
    To(Told),
    Length(Length),
}

/// A reading of a whole mention, and the rule that made it.
pub type Reading = (Whole, &'static str);

impl Window<'_> {
    /// The longest mention that starts at `at`.
    pub fn whole(&self, at: usize, anchor: Option<Date>) -> Parsed<Reading> {
        use mask::{BOUND, DIGITS, LENGTH, NUMBER, SHIFT, UNIT, WEEKDAY};
        let may = self.opening(at);
        if may & mask::OPENERS == 0 {
            return None;
        }
        let mut best: Parsed<Reading> = None;
        let mut longest = |may: bool, read: &dyn Fn() -> Parsed<Reading>| {
            if may
                && let Some(next) = read()
                && best.as_ref().is_none_or(|(_, end)| next.1 > *end)
            {
                best = Some(next);
            }
        };
        longest(self.lattice.may_hold_range(), &|| self.range(at, anchor));
        longest(may & BOUND != 0, &|| self.directed(at, anchor));
        let counted = self.lattice.holds(UNIT | WEEKDAY);
        longest(may & (LENGTH | NUMBER | DIGITS) != 0 && counted, &|| self.by_length(at, anchor));
        longest(true, &|| self.plain(at, anchor));
        longest(may & (SHIFT | UNIT) != 0 && self.lattice.holds(SHIFT), &|| {
            self.vague_run(at, anchor).map(|(whole, end)| ((whole, "<next> <units>"), end))
        });
        best
    }

    /// A point that stands for itself.
    fn plain(&self, at: usize, anchor: Option<Date>) -> Parsed<Reading> {
        let cue = self.eat(at, Word::In);
        let start = cue.unwrap_or(at);
        let lone = || {
            let (point, end) = self.lone_day(start)?;
            // "el día 18"
            let named = self.eat(start, Word::The) == Some(start + 2)
                && self.unit(start + 1).is_some_and(|(unit, _)| unit == Unit::Day);
            (named || self.eat(start, Word::The).is_some() && self.alone(at, end)).then_some((point, end))
        };
        let (point, end) = self.point(start, anchor).or_else(lone)?;
        if matches!(point.base, Base::Weekday(_)) && self.repeated(at) {
            return None;
        }
        let cued = cue.is_some()
            || self.eat(at, Word::The).is_some() && matches!(point.base, Base::Date { .. })
            || self.alone(at, end);
        let accepted = match point.base {
            Base::Year if point.part.is_none() => self.is_year(at, start, end, cue.is_some(), &point),
            Base::Day(_) => true,
            Base::Weekday(_) if !point.sure => self.quite_alone(at, end) || cue.is_some() && self.form(end - 1) == ".",
            // "Ore 4.10": a time of day.
            _ if !point.sure && at > self.start && self.eat(at - 1, Word::At) == Some(at) => false,
            // "3-2" is a score, unless it stands behind an article or alone.
            _ if !point.sure && end >= start + 3 && self.form(end - 2) == "-" => {
                self.eat(start, Word::The).is_some() || self.quite_alone(at, end)
            }
            _ => point.sure || cued,
        };
        if !accepted {
            return None;
        }
        let told = point.resolve(self, (at, end), anchor)?;
        let end = self.clock(end);
        if self.eat(end, Word::Onward).is_some() && self.eat(end, Word::In).is_none() {
            return Some(((Whole::From(told), "<period> onward"), self.skip(end, Word::Onward)));
        }
        Some(((Whole::Told(told), point.rule), end))
    }

    /// Whether "every" stands before it.
    fn repeated(&self, at: usize) -> bool {
        (1..=2).any(|back| {
            at.checked_sub(back)
                .filter(|before| *before >= self.start)
                .and_then(|before| self.eat(before, Word::Every))
                .is_some_and(|end| end == at)
        })
    }

    /// Whether four digits that stand for themselves are a year.
    fn is_year(&self, at: usize, start: usize, end: usize, cued: bool, point: &Point) -> bool {
        let digits = (start..end).find(|at| self.digits(*at, 4).is_some());
        let named = digits.is_some_and(|digits| digits > self.skip(start, Word::The) || end > digits + 1);
        let bracketed = at > self.start
            && matches!(self.text.form(at - 1), "(" | "[")
            && matches!(self.form(end), ")" | "]" | "," | "-" | "–");
        let of = || {
            let before = |back: usize| at.checked_sub(back).filter(|at| *at >= self.start);
            let is_of = |at: usize| {
                self.take(at, mask::OF | mask::IN | mask::BOUND, |word| {
                    matches!(
                        word,
                        Word::Of
                            | Word::In
                            | Word::From
                            | Word::Since
                            | Word::By
                            | Word::Until
                            | Word::Before
                            | Word::After
                    )
                    .then_some(())
                })
                .is_some_and(|(_, end)| end <= start)
            };
            before(1).is_some_and(is_of) || before(2).is_some_and(is_of)
        };
        // "in 2007 and 2009"
        let listed = self.free > self.start
            && at == self.free + 1
            && (self.eat(self.free, Word::And).is_some() || self.mark(self.free, ",").is_some())
            && self.digits(self.free - 1, 4).is_some();
        // Some languages need no preposition: "Die Produktion soll 2030 beginnen".
        let bare = self.words.bare_years
            && digits.is_some()
            && self.token(end).is_none_or(|next| next.kind != TokenKind::Word || !next.shape.capital())
            && (1990..=2060).contains(&point.year.unwrap_or(0));
        let told = cued || named || bracketed || listed || of() || self.quite_alone(at, end) || bare;
        // A round or distant figure before a word is a number of something.
        let year = point.year.unwrap_or(0);
        let likely = (1950..=2060).contains(&year) && year != 2000;
        let counts = self.token(end).is_some_and(|next| next.kind == TokenKind::Word && !next.shape.capital())
            && self.readings(end).is_empty();
        point.sure && told && (likely || named || !counts)
    }

    /// "by 2030", "since May", "before the end of the year", "à partir du 8 mars".
    fn directed(&self, at: usize, anchor: Option<Date>) -> Parsed<Reading> {
        self.readings(at)
            .into_iter()
            .filter_map(|(word, start)| {
                if !matches!(
                    word,
                    Word::Since | Word::Starting | Word::From | Word::By | Word::Until | Word::Before | Word::After
                ) {
                    return None;
                }
                let (point, end) = self.point(start, anchor).or_else(|| self.lone_day(start))?;
                if point.base == Base::Year && (!point.sure || self.counts_words(end, &point)) {
                    return None;
                }
                let ahead = matches!(word, Word::By | Word::Until);
                let told = Point { ahead, ..point }.resolve(self, (at, end), anchor)?;
                let end = self.clock(end);
                let onward = self.eat(end, Word::Onward);
                // "before Christmas" names December as "by Christmas" does; "before 2026" names no year of its own.
                let named = told.named.filter(|_| !matches!(point.base, Base::Year | Base::Month(_)));
                let from = |first: Period| Told { named, period: first, ..told };
                Some(match (word, onward) {
                    (Word::Since | Word::Starting | Word::From, Some(end)) => {
                        ((Whole::From(told), "from <period> onward"), end)
                    }
                    (Word::Since, None) => ((Whole::From(told), "since <period>"), end),
                    (Word::Starting, None) => ((Whole::From(told), "starting <period>"), end),
                    (Word::By, _) => ((Whole::To(told), "by <period>"), end),
                    (Word::Until, _) => ((Whole::To(told), "until <period>"), end),
                    // "before the end of 2027" means until it is over.
                    (Word::Before, _) if point.part == Some(super::calendar::Part::End) => {
                        ((Whole::To(told), "before <end of period>"), end)
                    }
                    (Word::Before, _) => {
                        let before = Period { from: told.period.from.previous()?, to: told.period.from };
                        ((Whole::To(from(before)), "before <period>"), end)
                    }
                    (Word::After, _) => {
                        let after = Period { from: told.period.to, to: told.period.to.next()? };
                        ((Whole::From(from(after)), "after <period>"), end)
                    }
                    _ => return None,
                })
            })
            .reduce(|best, next| if next.1 > best.1 { next } else { best })
    }

    /// Whether "for" stands before a length, which does not mean "in" as well.
    fn lasting(&self, at: usize) -> bool {
        at.checked_sub(1)
            .filter(|before| *before >= self.start)
            .is_some_and(|before| self.eat(before, Word::In) == Some(at) && self.eat(before, Word::Hence).is_none())
    }

    fn counts_words(&self, end: usize, point: &Point) -> bool {
        let year = point.year.unwrap_or(0);
        let likely = (1950..=2100).contains(&year);
        !likely
            && self.token(end).is_some_and(|next| next.kind == TokenKind::Word && !next.shape.capital())
            && self.readings(end).is_empty()
    }

    /// "entro il 15": a day of a month that is not said, where nothing follows that it could count.
    fn lone_day(&self, at: usize) -> Parsed<Point> {
        let start = self.skip(at, Word::The);
        let (day, end) = self.bare_day(start)?;
        (self.closes(end) && (start > at || self.alone(at, end)))
            .then_some((Point { sure: false, ..Point::new(Base::Day(day), "<day>") }, end))
    }

    fn bare_day(&self, at: usize) -> Parsed<u8> {
        let (day, end) = self.digits(at, 2).map(|day| (day as u8, at + 1)).or_else(|| {
            self.take(at, mask::NUMBER | mask::ORDINAL, |word| match word {
                Word::Count(day) | Word::Ordinal(day) => Some(day),
                _ => None,
            })
        })?;
        let end = if self.words.ordinal_stop || self.digits(at, 2).is_some() && end < self.sentence_end - 1 {
            self.stop(end)
        } else {
            end
        };
        let ending = self.mark(end, "-‑").unwrap_or(end);
        let end = self.eat(ending, Word::OrdinalEnding).filter(|_| self.glued(ending)).unwrap_or(end);
        (1..=31).contains(&day).then_some((day, end))
    }

    /// "two years ago", "in 18 months", "within nine months", "three weeks from tomorrow", "over five years".
    fn by_length(&self, at: usize, anchor: Option<Date>) -> Parsed<Reading> {
        let near = |count: &Count, back: bool| -> Option<Whole> {
            Some(Whole::Told(Told::near(at_length(anchor?, count.length, back)?, count.unit, count.length)?))
        };
        for (word, start) in self.readings(at) {
            match word {
                Word::Ago | Word::Hence | Word::Within => {
                    let Some((count, end)) = self.count(start) else { continue };
                    if word == Word::Within {
                        let told = anchor.and_then(|anchor| {
                            let end = at_length(anchor, count.length, false)?;
                            Some(Told {
                                named: None,
                                period: Period::dates(anchor, end),
                                relative: true,
                                length: Some(count.length),
                            })
                        });
                        let whole = told.map_or(Whole::Length(count.length), Whole::Told);
                        return Some(((whole, "within <length>"), end));
                    }
                    // "in a month" of a past sentence is a rate: "the second jolt in a month".
                    if word == Word::Hence && count.article && self.tense((at, end)) == Tense::Past {
                        continue;
                    }
                    // "three weeks before the invasion" in some languages begins as "in three weeks" does: told from something else than the anchor.
                    if word == Word::Hence && self.is_told_from(end) {
                        continue;
                    }
                    if let Some(whole) = near(&count, word == Word::Ago) {
                        let end = self.skip(end, Word::HenceAfter);
                        return Some(((whole, if word == Word::Ago { "<length> ago" } else { "in <length>" }), end));
                    }
                }
                _ => {}
            }
        }
        // "three Fridays from now", "2 Thursdays ago"
        if let Some((number, end)) = self.number(at)
            && let Some((weekday, end)) = self.take(end, mask::WEEKDAY, |word| {
                if let Word::Weekday { day, sure: true } = word { Some(day) } else { None }
            })
            && let Some((back, end)) = self.take(end, mask::AFTER_LENGTH, |word| match word {
                Word::HenceAfter => Some(false),
                Word::AgoAfter => Some(true),
                _ => None,
            })
        {
            let today = anchor?.weekday().to_monday_zero_offset();
            let ahead = (i32::from(weekday) - i32::from(today)).rem_euclid(7);
            let number = i32::try_from(number).ok()?;
            let first = if back {
                ahead - 7
            } else if ahead == 0 {
                7
            } else {
                ahead
            };
            let days = first + (number - 1) * if back { -7 } else { 7 };
            let period = Period::day(super::calendar::add(anchor?, Unit::Day, days)?)?;
            return Some((
                (
                    Whole::Told(Told { named: None, period, relative: true, length: None }),
                    "<number> <weekday> from now",
                ),
                end,
            ));
        }
        let (count, end) = self.count(at)?;
        // "three weeks from tomorrow", "2 weeks before 13 May"
        let towards = self.take(end, mask::BOUND | mask::AFTER_LENGTH, |word| match word {
            Word::Before => Some(true),
            Word::After | Word::HenceAfter | Word::From | Word::Starting => Some(false),
            _ => None,
        });
        if let Some((back, start)) = towards
            && let Some((point, closes)) =
                self.point(start, anchor).filter(|(point, _)| point.sure && point.base != Base::Year)
            && let Some(told) = point.resolve(self, (at, closes), anchor)
            && told.period.first().and_then(|first| jiff::civil::Date::tomorrow(first).ok()) == told.period.end()
        {
            let first = told.period.first()?;
            let date = at_length(first, count.length, back)?;
            // "for three months from 1 April", "a week starting tomorrow" last so long.
            let lasts = self.eat(end, Word::Starting) == Some(start)
                || self.lasting(at) && self.eat(end, Word::From) == Some(start);
            if lasts {
                let period = Period::dates(first, date);
                let told = Told { named: None, period, relative: told.relative, length: Some(count.length) };
                return Some(((Whole::Told(told), "<length> from <point>"), closes));
            }
            let told =
                Told { named: None, period: Period::day(date)?, relative: told.relative, length: Some(count.length) };
            return Some(((Whole::Told(told), "<length> after <point>"), closes));
        }
        if let Some(after) = self.eat(end, Word::AgoAfter)
            && let Some(whole) = near(&count, true)
        {
            return Some(((whole, "<length> ago"), after));
        }
        // "five months later" of a story that is told is no time from now.
        if let Some(after) = self.eat(end, Word::HenceAfter)
            && !self.is_told_from(end)
            && self.tense((at, after)) != Tense::Past
            && let Some(whole) = near(&count, false)
        {
            return Some(((whole, "<length> from now"), after));
        }
        // "a year" is a rate or a manner of speaking, "a weekend" no length.
        (!count.article && count.length != Length::default())
            .then_some(((Whole::Length(count.length), "<length>"), end))
    }

    /// Whether a word stands here that tells a length from what follows it: "before", "after", "until".
    fn is_told_from(&self, at: usize) -> bool {
        self.take(at, mask::BOUND, |word| {
            matches!(word, Word::Before | Word::After | Word::By | Word::Until | Word::Since).then_some(())
        })
        .is_some_and(|(_, end)| !self.closes(end))
    }

    /// "from 3 to 5 May", "2025-2028", "between March and June", "du 13 au 15 juillet".
    fn range(&self, at: usize, anchor: Option<Date>) -> Parsed<Reading> {
        let mut best: Parsed<Reading> = None;
        let opener = |word: Word| {
            matches!(word, Word::From | Word::Between | Word::Since | Word::Starting | Word::In).then_some(word)
        };
        let openers = self.readings(at).into_iter().filter_map(|(word, end)| Some((Some(opener(word)?), end)));
        for (opener, start) in openers.chain([(None, at)]) {
            let start = self.skip(start, Word::The);
            let firsts = [
                self.year(start)
                    .map(|(year, end)| (Point { year: Some(year), ..Point::new(Base::Year, "<year>") }, end)),
                self.point(start, anchor),
                self.bare_day(start).map(|(day, end)| (day_point(day), end)),
                self.weekday_and_day(start),
            ];
            for (first, end) in firsts.into_iter().flatten() {
                let Some((joined, dash)) = self.joiner(end, opener, &first) else { continue };
                let second = self.skip(joined, Word::The);
                let seconds = [
                    self.month_or_season(second, anchor).filter(|_| matches!(first.base, Base::Month(_))),
                    self.point(second, anchor),
                    self.bare_day(second).map(|(day, end)| (day_point(day), end)),
                    self.weekday_and_day(second),
                    self.short_year(&first, second).filter(|_| dash),
                ];
                for (last, end) in seconds.into_iter().flatten() {
                    if best.as_ref().is_some_and(|(_, longest)| *longest >= end) {
                        continue;
                    }
                    let opened = opener.is_some_and(|word| word != Word::In);
                    // "May 3-5, 2026"
                    let (year, end) = match (first.base, last.base, first.year) {
                        (Base::Date { .. }, Base::Day(_), None) => {
                            self.year_after(end).map_or((None, end), |(year, end)| (Some(year), end))
                        }
                        _ => (None, end),
                    };
                    let first = Point { year: year.or(first.year), ..first };
                    if let Some(told) = self.between(first, last, (at, end), opened, anchor) {
                        best = Some(((Whole::Told(told), "<from> to <to>"), self.clock(end)));
                    }
                }
            }
        }
        best
    }

    /// "samedi 13": a day of the week and of a month that the other end tells.
    fn weekday_and_day(&self, at: usize) -> Parsed<Point> {
        let (weekday, end) =
            self.take(at, mask::WEEKDAY, |word| if let Word::Weekday { day, .. } = word { Some(day) } else { None })?;
        let (day, end) = self.bare_day(self.skip(self.stop(end), Word::The))?;
        Some((Point { weekday: Some(weekday), ..day_point(day) }, end))
    }

    /// "2025-28", "2024/25".
    fn short_year(&self, first: &Point, at: usize) -> Parsed<Point> {
        let start = first.year.filter(|_| first.base == Base::Year)?;
        let year = self.digits(at, 2).filter(|_| self.form(at).len() == 2)? as i16;
        let year = start / 100 * 100 + year;
        (self.glued(at) && year > start)
            .then_some((Point { year: Some(year), ..Point::new(Base::Year, "<year>") }, at + 1))
    }

    /// Past the word or dash between the ends of a range, and whether it is a dash.
    fn joiner(&self, at: usize, opener: Option<Word>, first: &Point) -> Option<(usize, bool)> {
        if opener == Some(Word::Between)
            && let Some(end) = self.eat(at, Word::And)
        {
            return Some((end, false));
        }
        if let Some(((), end)) =
            self.take(at, mask::JOINER, |word| matches!(word, Word::To | Word::Until | Word::By).then_some(()))
        {
            return Some((end, false));
        }
        let end = self.mark(at, "-–—−~‑").or_else(|| {
            let between = matches!(first.base, Base::Year | Base::Day(_));
            self.mark(at, "/").filter(|_| between)
        })?;
        // "bis zum": a second joining word.
        Some((end, true))
    }

    fn between(
        &self,
        mut first: Point,
        mut last: Point,
        span: (usize, usize),
        opened: bool,
        anchor: Option<Date>,
    ) -> Option<Told> {
        match (first.base, last.base) {
            (Base::Day(day), Base::Date { month, .. }) => {
                first = Point { weekday: first.weekday, year: last.year, ..Point::date(month, day)? };
            }
            (Base::Date { month, day: from }, Base::Day(day)) => {
                (day > from).then_some(())?;
                last = Point { year: None, ..Point::date(month, day)? };
            }
            (Base::Day(_), Base::Day(_)) => {
                (opened && self.alone(span.0, span.1)).then_some(())?;
            }
            (Base::Day(_), _) | (_, Base::Day(_)) => return None,
            (Base::Year, Base::Year) => {
                let (from, to) = (first.year?, last.year?);
                (first.part.is_some() || last.part.is_some() || (from < to && to - from <= 100)).then_some(())?;
                last.sure.then_some(())?;
            }
            (Base::Year, Base::Date { .. } | Base::Month(_)) if last.year.is_none() => return None,
            _ => {
                let numeric = |point: &Point| point.rule == "<numeric date>" && !point.sure;
                if !opened && (numeric(&first) || numeric(&last)) && !self.alone(span.0, span.1) && last.year.is_none()
                {
                    return None;
                }
            }
        }
        let needs_year = |point: &Point| {
            point.year.is_none()
                && matches!(
                    point.base,
                    Base::Month(_)
                        | Base::Date { .. }
                        | Base::Quarter(_)
                        | Base::Half(_)
                        | Base::Season(_)
                        | Base::Feast(_)
                )
        };
        let mut lent = false;
        if needs_year(&first)
            && first.shift.is_none()
            && let Some(year) = last.year
        {
            first.year = Some(year);
            first.relative = last.relative;
            lent = true;
        }
        // A range without years that lies ahead ends ahead; it may have begun.
        if needs_year(&first)
            && needs_year(&last)
            && first.shift.is_none()
            && last.shift.is_none()
            && matches!(self.tense(span), Tense::Future | Tense::Alone)
        {
            let year = Point { weekday: None, ..last }.resolve(self, span, anchor)?.period.to.previous()?.year;
            (first.year, last.year) = (Some(year), Some(year));
            (first.relative, last.relative, lent) = (true, true, true);
        }
        let mut from = first.resolve(self, span, anchor)?;
        if needs_year(&last) && last.shift.is_none() {
            last.year = Some(first.year.unwrap_or(from.period.from.year));
            last.relative = from.relative;
        } else if let Base::Weekday(day) = last.base
            && last.shift.is_none()
        {
            let start = from.period.first()?;
            let ahead = (i32::from(day) - i32::from(start.weekday().to_monday_zero_offset())).rem_euclid(7);
            let period = Period::day(super::calendar::add(start, Unit::Day, ahead)?)?;
            last = Point::new(Base::Fixed { period, relative: true }, last.rule);
        }
        let mut to = last.resolve(self, span, anchor)?;
        if to.period.first()? < from.period.first()? {
            if lent {
                first.year = first.year.map(|year| year - 1);
                from = first.resolve(self, span, anchor)?;
            } else if last.year.is_some() && needs_year(&Point { year: None, ..last }) {
                last.year = last.year.map(|year| year + 1);
                to = last.resolve(self, span, anchor)?;
            } else if let Base::Day(day) = last.base {
                let next = super::calendar::add(from.period.first()?, Unit::Month, 1)?;
                to.period = Period::day(Date::new(next.year(), next.month(), day as i8).ok()?)?;
            }
        }
        (from.period.first()? < to.period.end()?).then_some(())?;
        Some(Told {
            named: to.named,
            period: Period { from: from.period.from, to: to.period.to },
            relative: from.relative || to.relative,
            length: None,
        })
    }

    /// Past a time of day: "at 10:30", ", 14 h", "um 9 Uhr", "04:28".
    fn clock(&self, end: usize) -> usize {
        let comma = self.mark(end, ",-–").unwrap_or(end);
        let start = self.skip(comma, Word::At);
        if self.digits(start, 2).is_none() {
            return end;
        }
        if self.form(start + 1) == ":" && self.glued(start + 1) && self.digits(start + 2, 2).is_some() {
            let seconds = start + 3;
            let end =
                if self.form(seconds) == ":" && self.digits(seconds + 1, 2).is_some() { seconds + 2 } else { seconds };
            return self.skip(end, Word::Hour);
        }
        match self.eat(start + 1, Word::Hour) {
            Some(hour) if self.digits(hour, 2).is_some() && self.glued(hour) => hour + 1,
            Some(hour) => hour,
            None => end,
        }
    }
}

fn day_point(day: u8) -> Point {
    Point { sure: false, ..Point::new(Base::Day(day), "<day>") }
}
