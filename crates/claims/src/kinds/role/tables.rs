//! The compiled `role.toml` of a language.

use crate::{
    features::{Fact, part},
    model::Part,
    words::{self, Entries, Meaning},
};
use pledgebook_lexicon::{Data, Error};
use serde::Deserialize;

/// `languages/<code>/role.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    /// Whether what a title is of follows it without a preposition, in the genitive.
    bare_complement: bool,
    /// Articles.
    articles: Vec<String>,
    /// Possessives that stand for an organisation or person mentioned before: "its finance chief".
    its: Vec<String>,
    /// Marks of a past office: "former".
    former: Vec<String>,
    /// Words between a name and a title in apposition that tell no more than the time: "now", "until recently".
    now: Vec<String>,
    /// Prepositions that bring what a title is of.
    of: Vec<String>,
    /// Words that belong to a title and stand before its head: "global", "deputy".
    before: Vec<String>,
    /// Words that belong to a title and stand after its head: "général".
    after: Vec<String>,
    /// Words that stand before a head but belong to no title: verbs, prepositions.
    stops: Vec<String>,
    /// Forms of address between a title and a name.
    honorifics: Vec<String>,
    /// Relative pronouns as subject: "who".
    who: Vec<String>,
    /// Relative pronouns as object: "que dirige".
    whom: Vec<String>,
    /// Forms of "to be" and "to become" between a name and a title.
    is: Vec<String>,
    /// "and".
    and: Vec<String>,
    /// Verbs that tell an office: "runs", "chairs".
    holds: Vec<String>,
    /// Plural nouns for people who lead, which name the title of those listed after them.
    group: Vec<String>,
    /// Fields of work that are part of a title after its head: "of research", "des finances".
    fields: Vec<String>,
    /// Titles.
    title: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    words: Vec<String>,
    /// Forms that several persons share: "the chiefs of X and Y, Name and Name".
    #[serde(default)]
    plural: Vec<String>,
    sort: Sort,
}

/// What kind of office a title is; it tells where the office is held when the text does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// An office of a state: held in a country.
    Government,
    /// An office of a town.
    Local,
    /// An office of a region with a government of its own, or of one that a state set over it.
    Region,
    /// An office of a court, of the police or of those who prosecute.
    Court,
    /// Leads or owns an organisation.
    Executive,
    /// Speaks for somebody.
    Spokesperson,
    /// Studies, advises, defends, reports: a role only with an organisation.
    Expert,
    /// The same office elsewhere: "his counterpart".
    Counterpart,
}

impl Sort {
    /// The name that learnt weights use.
    pub fn part(self) -> Part {
        match self {
            Self::Government => part!("government"),
            Self::Local => part!("local"),
            Self::Region => part!("region"),
            Self::Court => part!("court"),
            Self::Executive => part!("executive"),
            Self::Spokesperson => part!("spokesperson"),
            Self::Expert => part!("expert"),
            Self::Counterpart => part!("counterpart"),
        }
    }
}

impl Fact for Sort {
    const COUNT: usize = Self::Counterpart as usize + 1;

    #[inline(always)]
    fn number(self) -> usize {
        self as usize
    }
}

/// What a word of `role.toml` does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Word {
    Title { sort: Sort, entry: u16, plural: bool },
    Article,
    Its,
    Former,
    Now,
    Of,
    Before,
    After,
    Stop,
    Honorific,
    Who,
    Whom,
    Is,
    And,
    Holds,
    Group,
    Field,
}

/// What is looked for in every sentence: titles, verbs that tell an office, nouns that name the title of those listed after them.
pub(super) const TITLES: u8 = 1;
pub(super) const VERBS: u8 = 2;
pub(super) const GROUPS: u8 = 4;

impl words::Word for Word {
    const TABLE: usize = 0;
    const CLASSES: u32 = 17;

    #[inline]
    fn of(meaning: Meaning) -> Option<Self> {
        match meaning {
            Meaning::Office(word) => Some(word),
            _ => None,
        }
    }

    #[inline]
    fn class(self) -> u32 {
        match self {
            Self::Title { .. } => 0,
            Self::Article => 1,
            Self::Its => 2,
            Self::Former => 3,
            Self::Now => 4,
            Self::Of => 5,
            Self::Before => 6,
            Self::After => 7,
            Self::Stop => 8,
            Self::Honorific => 9,
            Self::Who => 10,
            Self::Whom => 11,
            Self::Is => 12,
            Self::And => 13,
            Self::Holds => 14,
            Self::Group => 15,
            Self::Field => 16,
        }
    }

    #[inline]
    fn sought(self) -> u8 {
        match self {
            Self::Title { .. } => TITLES,
            Self::Holds => VERBS,
            Self::Group => GROUPS,
            _ => 0,
        }
    }
}

/// Habits of the language that this table tells.
#[derive(Debug, Default, Clone, Copy)]
pub struct Grammar {
    pub bare_complement: bool,
    /// Whether the language has no articles, so that any title may be one mentioned before.
    pub without_articles: bool,
}

impl Grammar {
    /// Adds a language's words to the tree, and tells its habits.
    ///
    /// # Errors
    /// When the data file is wrong, with file and line.
    pub fn compile(data: &Data, code: &str, entries: &mut Entries<'_>) -> Result<Self, Error> {
        let file: File = data.language_table(code, "role.toml")?;
        let mut add = |list: &[String], word: Word| {
            for phrase in list {
                entries.add(phrase, Meaning::Office(word));
            }
        };
        // Every phrase of the data file is a title of its own; its alternatives in braces are forms of it.
        let mut entry = 0;
        for title in &file.title {
            for (phrases, plural) in [(&title.words, false), (&title.plural, true)] {
                for phrase in phrases {
                    add(std::slice::from_ref(phrase), Word::Title { sort: title.sort, entry, plural });
                    entry += 1;
                }
            }
        }
        add(&file.articles, Word::Article);
        add(&file.its, Word::Its);
        add(&file.former, Word::Former);
        add(&file.now, Word::Now);
        add(&file.of, Word::Of);
        add(&file.before, Word::Before);
        add(&file.after, Word::After);
        add(&file.stops, Word::Stop);
        add(&file.honorifics, Word::Honorific);
        add(&file.who, Word::Who);
        add(&file.whom, Word::Whom);
        add(&file.is, Word::Is);
        add(&file.and, Word::And);
        add(&file.holds, Word::Holds);
        add(&file.group, Word::Group);
        add(&file.fields, Word::Field);
        let without_articles = file.articles.is_empty();
        Ok(Self { bare_complement: file.bare_complement, without_articles })
    }
}

/// These words in one text.
pub type Words<'w> = words::Words<'w, Word, Grammar>;

impl Words<'_> {
    /// How many tokens of forms of address end right before token `end`: 1 for "Ms" in "said Ms Smith".
    pub(crate) fn address_until(&self, floor: usize, end: usize) -> usize {
        let mut start = end;
        while let Some(len) =
            (1..=3).rev().find(|len| start >= floor + len && self.len(start - len, start, Word::Honorific) == *len)
        {
            start -= len;
        }
        end - start
    }
}
