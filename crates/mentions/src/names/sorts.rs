//! What a run names, as points for each sort: from its words, and from what stands around it.

use super::{
    lexicon::{Class, How, Tables, What},
    marks::Marks,
    runs::{Run, appositive},
};
use crate::NameType;
use pledgebook_text::{Text, TokenKind};
use std::ops::Range;

/// Points for each sort of name.
#[derive(Debug, Clone, Copy, Default)]
pub struct Points {
    pub person: i32,
    pub organisation: i32,
    pub place: i32,
    pub instrument: i32,
    /// Whether a form of address or an office stands right before the name.
    pub addressed: bool,
}

impl Points {
    pub fn add(&mut self, other: Self) {
        self.person += other.person;
        self.organisation += other.organisation;
        self.place += other.place;
        self.instrument += other.instrument;
    }

    /// The sort with most points; an organisation where nothing speaks for another.
    pub fn best(&self) -> NameType {
        let mut best = (NameType::Organisation, self.organisation);
        for (sort, points) in
            [(NameType::Person, self.person), (NameType::Place, self.place), (NameType::Instrument, self.instrument)]
        {
            if points > best.1 {
                best = (sort, points);
            }
        }
        best.0
    }
}

/// The points of the words themselves.
pub fn of_words(text: &Text<'_>, marks: &Marks, tables: &Tables, run: &Run) -> Points {
    let mut points = Points::default();
    let (mut words, mut linked, mut digits, mut ampersand) = (0, false, false, false);
    let mut all = Class::NONE;
    for at in run.core.clone() {
        let token = &text.tokens()[at];
        let class = marks.class(at);
        match token.kind {
            TokenKind::Word => {
                let joined = token.shape.glued() && at > run.core.start && text.form(at - 1) == "-";
                words += i32::from(token.shape.capital() && !joined);
                linked |= class.any(Class::LINK | Class::AND) && !token.shape.capital();
                all |= class;
            }
            TokenKind::Number => digits = true,
            _ => ampersand |= matches!(text.form(at), "&" | "+"),
        }
    }
    let (first, last) = (run.core.start, run.core.end - 1);
    let (head, tail) = (marks.class(first) | run.head, marks.class(last));
    let shape = text.tokens()[first].shape;
    if run.core.end < run.tokens.end || tail.any(Class::LEGAL) {
        points.organisation += 12;
    }
    if head.any(Class::BODY | Class::GOVERNMENT) {
        points.organisation += 8;
    }
    if tail.any(Class::TAIL) && words > 1 {
        points.organisation += 7;
    }
    if all.any(Class::BODY | Class::GOVERNMENT | Class::COMPANY) && words > 1 {
        points.organisation += 5;
    }
    if words > 1 && (head.any(Class::SITE) || tail.any(Class::SITE_TAIL)) {
        points.place += 9;
    }
    if words > 1
        && (head.any(Class::ACCORD) && linked
            || tail.any(Class::ACCORD_TAIL)
            || head.any(Class::ACCORD) && run.core.len() > 1)
    {
        points.instrument += 9;
    }
    if words > 1 && matches!(marks.hit(last).map(|hit| hit.what), Some(What::Country(_, How::Name))) {
        points.organisation += 6;
    }
    if head.any(Class::FIRST) {
        points.person += if words > 1 { 7 } else { 1 };
    }
    if words > 1 && text.tokens()[first].end - text.tokens()[first].start <= 2 && text.form(first + 1) == "." {
        points.person += 6;
    }
    if tail.any(Class::SURNAME) && words > 1 {
        points.person += 3;
    }
    if tail.any(Class::TOWN) && words == 1 {
        points.place += 2;
    }
    if tail.any(Class::FIRM) {
        points.organisation += 3;
    }
    let acronym = words == 1 && text.tokens()[first].shape.all_capitals();
    if acronym {
        points.organisation += 5;
        points.person -= 4;
    } else if shape.inner_capital()
        && !tables.surname_starts.iter().any(|start| text.form(first).starts_with(start.as_str()))
    {
        points.organisation += 4;
        points.person -= 2;
    }
    if digits {
        points.organisation += 1;
        points.instrument += 1;
        points.person -= 4;
    }
    if ampersand {
        points.organisation += 6;
    }
    match words {
        1 => points.organisation += 1,
        2 | 3 if !linked => points.person += 2,
        4.. => points.person -= 2,
        _ => {}
    }
    if linked && !head.any(Class::FIRST) {
        points.person -= 3;
        points.organisation += 1;
    }
    points
}

/// The points of what stands before and after.
pub fn of_surroundings(text: &Text<'_>, marks: &Marks, run: &Run) -> Points {
    let mut points = Points::default();
    let sentence = text.sentences()[run.sentence].tokens.clone();
    let quoted = usize::from(run.quoted);
    let start = run.tokens.start - quoted;
    let after = run.tokens.end + quoted;
    if start > sentence.start {
        before(text, marks, sentence.start, start, run, &mut points);
        if is_byline(text, marks, &sentence, run) {
            points.person += 6;
        }
        if is_agency(text, &sentence, run) {
            points.organisation += 8;
        }
    }
    if after < sentence.end {
        behind(text, marks, sentence.end, after, run, &mut points);
    }
    if run.quoted {
        points.person -= 3;
    }
    points
}

/// "By Ann Marie Low", "di Nazario Lattarulo": a small word and two or three words with a capital are all of the line.
fn is_byline(text: &Text<'_>, marks: &Marks, sentence: &Range<usize>, run: &Run) -> bool {
    let by = marks.class(sentence.start).any(Class::LINK | Class::PREPOSITION)
        && !marks.class(sentence.start).any(Class::DEFINITE | Class::CONTRACTED);
    let ends = run.tokens.end == sentence.end || matches!(text.form(run.tokens.end), "|" | "/" | "·" | "," | "(");
    by && run.tokens.start == sentence.start + 1
        && ends
        && (2..=3).contains(&run.core.len())
        && run.core.clone().all(|at| text.tokens()[at].shape.capital() && marks.hit(at).is_none())
        && run.head == Class::NONE
}

/// "LAGOS, March 3 (Northgate) - …": in brackets before a dash, at the beginning.
fn is_agency(text: &Text<'_>, sentence: &Range<usize>, run: &Run) -> bool {
    let form = |at: usize| if at < sentence.end { text.form(at) } else { "" };
    let dash = |at: usize| matches!(form(at), "-" | "–" | "—" | "--" | ".-" | ".–" | ".—");
    run.tokens.start < sentence.start + 9
        && text.form(run.tokens.start - 1) == "("
        && form(run.tokens.end) == ")"
        && (dash(run.tokens.end + 1) || form(run.tokens.end + 1) == "." && dash(run.tokens.end + 2))
}

fn before(text: &Text<'_>, marks: &Marks, first: usize, start: usize, run: &Run, points: &mut Points) {
    let mut at = start - 1;
    let mut class = marks.class(at);
    // "the network operator, Coastgrid, …", "his successor, Ann Low.": an apposition, closed again.
    if text.form(at) == ","
        && at > first
        && matches!(text.form(run.tokens.end.min(text.tokens().len() - 1)), "," | "." | ")" | ";")
    {
        let noun = marks.class(at - 1);
        if noun.any(Class::ROLE | Class::PEOPLE) {
            points.person += 5;
        } else if noun.any(Class::COMPANY | Class::BODY) && !text.tokens()[at - 1].shape.capital() {
            points.organisation += 5;
        }
        return;
    }
    if text.form(at) == "." && at > first {
        // "Mr. Ford", "Dr. Holzapfel"
        at -= 1;
        class = marks.class(at);
        if !class.any(Class::HONORIFIC) {
            return;
        }
    }
    if class.any(Class::HONORIFIC) {
        points.person += 12;
        points.addressed = true;
        return;
    }
    // "la consultora Eje Sur": what may be a firm or a person says nothing where no first name follows.
    let either = class.any(Class::ROLE) && class.any(Class::COMPANY);
    if either && !marks.class(run.core.start).any(Class::FIRST) {
        points.organisation += 3;
        return;
    }
    if class.any(Class::ROLE) && is_staff(text, marks, first, at, run) {
        points.organisation += 6;
        return;
    }
    if class.any(Class::ROLE | Class::USED) {
        points.person += 7;
        points.addressed = true;
        return;
    }
    if class.any(Class::COMPANY | Class::COMPANIES) {
        points.organisation += 7;
        return;
    }
    if class.any(Class::BODY | Class::GOVERNMENT) {
        points.organisation += 6;
        return;
    }
    if class.any(Class::SITE) {
        points.place += 7;
        return;
    }
    if class.any(Class::ACCORD) && run.quoted {
        points.instrument += 7;
        return;
    }
    if class.any(Class::PEOPLE | Class::ROLES) {
        points.person += 4;
        return;
    }
    if class.any(Class::AT) {
        points.organisation += 4;
        return;
    }
    if class.any(Class::IN) {
        let several = run.core.len() > 1 && text.form(run.core.start + 1) != "-";
        points.place += if several { 2 } else { 4 };
        return;
    }
    if class.any(Class::LINK) && at > first {
        // "ville de Lyon", "PDG de Nvidia", "société de bourse Atlas"
        let mut head = at - 1;
        while head > first
            && (marks.class(head).any(Class::DEFINITE | Class::LINK | Class::QUALITY) || marks.hit(head).is_some())
        {
            head -= 1;
        }
        let head = marks.class(head);
        if head.any(Class::SITE) {
            points.place += 6;
        } else if head.any(Class::ROLE | Class::OFFICE) {
            points.organisation += 3;
            points.person -= 3;
        }
    }
    if class.any(Class::DEFINITE) {
        points.person -= 4;
        points.organisation += 1;
        return;
    }
    // "le fabricant de puces Nvidia": a kind of firm a few small words before.
    if text.tokens()[at].kind == TokenKind::Word && !text.tokens()[at].shape.capital() {
        let mut back = at;
        for _ in 0..5 {
            let class = marks.class(back);
            // "la minera que conduce X": a clause of its own is no apposition.
            let clause = class.any(Class::FUNCTION) && !class.any(FILLERS);
            if class.any(Class::VERB | Class::SAY | Class::AND) || clause || text.tokens()[back].kind != TokenKind::Word
            {
                break;
            }
            if class.any(Class::COMPANY) {
                points.organisation += 5;
                break;
            }
            if class.any(Class::ROLE | Class::PEOPLE) {
                points.person += 4;
                points.addressed |= !marks.class(at).any(Class::LINK | Class::IN | Class::AT | Class::PREPOSITION);
                break;
            }
            if back == first {
                break;
            }
            back -= 1;
        }
    }
}

/// Small words that a description may hold: "le fabricant de puces".
const FILLERS: Class = Class(
    Class::LINK.0
        | Class::DEFINITE.0
        | Class::ARTICLE.0
        | Class::PARTICLE.0
        | Class::IN.0
        | Class::AT.0
        | Class::PREPOSITION.0
        | Class::BETWEEN.0
        | Class::TWO.0
        | Class::ROLE.0
        | Class::COMPANY.0
        | Class::PEOPLE.0,
);

/// "Dario Cassani, delegato Faisa, …": an office that explains a name before it stands without an article, and what follows is whose it is.
fn is_staff(text: &Text<'_>, marks: &Marks, first: usize, role: usize, run: &Run) -> bool {
    let tokens = text.tokens();
    let comma = (first..role).rev().find(|at| !marks.class(*at).any(Class::ROLE));
    let closed =
        tokens.get(run.tokens.end).is_none_or(|next| next.kind == TokenKind::Mark && text.form(run.tokens.end) != "(");
    let single = run.core.len() == 1 && !marks.class(run.core.start).any(Class::FIRST);
    closed
        && single
        && !tokens[role].shape.capital()
        && comma.is_some_and(|comma| {
            text.form(comma) == ","
                && comma > first + 1
                && tokens[comma - 1].shape.capital()
                && tokens[comma - 2].shape.capital()
        })
}

fn behind(text: &Text<'_>, marks: &Marks, end: usize, after: usize, run: &Run, points: &mut Points) {
    let class = marks.class(after);
    let form = text.form(after);
    if form == "," || form == "(" || form == "–" || form == "—" {
        let noun = appositive(text, marks, after, end);
        if noun.any(Class::ROLE | Class::PEOPLE) {
            points.person += 6;
        } else if noun.any(Class::WHO) {
            points.person += 3;
        } else if noun.any(Class::COMPANY | Class::BODY) {
            points.organisation += 6;
        } else if noun.any(Class::SITE) {
            points.place += 5;
        }
        if form == "("
            && text.form((after + 2).min(end - 1)) == ")"
            && text.tokens()[after + 1].shape.all_capitals()
            && run.core.len() > 1
            && !marks.class(run.core.start).any(Class::FIRST)
        {
            points.organisation += 3;
        }
    } else if class.any(Class::SAY) {
        points.person += 3;
        points.organisation += 1;
    } else if class.any(Class::VERB) {
        points.person += 1;
        points.organisation += 1;
        points.place -= 1;
    } else if class.any(Class::WHO) {
        points.person += 3;
    } else if text.form(after) == "-" && marks.class(after + 1).any(Class::ROLE | Class::COMPANY) {
        points.organisation += 6;
    }
}
