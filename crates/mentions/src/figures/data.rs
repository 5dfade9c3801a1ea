//! The shape of `languages/<code>/{number,money,thing}.toml` and `knowledge/currencies.toml`.

use serde::Deserialize;
use std::collections::BTreeMap;

/// One phrase or several.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(super) enum Forms {
    One(String),
    Many(Vec<String>),
}

impl Forms {
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        match self {
            Self::One(form) => std::slice::from_ref(form),
            Self::Many(forms) => forms.as_slice(),
        }
        .iter()
        .map(String::as_str)
    }
}

/// Forms by a number written as the key: `"1000000" = "million{,s}"`.
pub(super) type ByNumber = BTreeMap<String, Forms>;

/// `number.toml`: how a language counts.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct NumberFile {
    pub(super) digits: DigitsTable,
    pub(super) counting: CountingTable,
    /// Numbers that are added up: units, teens, tens, and hundreds that are one word.
    pub(super) words: ByNumber,
    /// What may be added to a word where it is not what the decimal system says: 20 to a French sixty.
    pub(super) rooms: BTreeMap<String, u32>,
    /// Numbers that multiply what stands before them, with their abbreviations.
    pub(super) scales: ByNumber,
    /// Abbreviated scales that count only when written onto the figure: "5k".
    pub(super) glued: ByNumber,
    /// Round counts: "dozen", "centaine".
    pub(super) collectives: ByNumber,
    /// Scales that, without a figure, only tell the order of magnitude: "billions".
    pub(super) vague: ByNumber,
    /// The same, naming a sum of money by themselves: "Millionenbetrag".
    pub(super) sums: ByNumber,
    /// How many digits a sum has: "dreistellig".
    pub(super) places: ByNumber,
    /// Fractions by numerator and denominator: `"1/2"`.
    pub(super) fractions: ByNumber,
    /// Words that tell several without saying how many.
    pub(super) few: Vec<String>,
    /// Articles that count one before a scale or a fraction.
    pub(super) articles: Vec<String>,
    pub(super) joiners: Vec<String>,
    /// Phrases in which a number word is a pronoun: "the one".
    pub(super) pronouns: Vec<String>,
    /// Words between a collective and what it counts: "of".
    pub(super) links: Vec<String>,
    /// What joins the parts of a compound where it is written otherwise than the joiner: "treintaicinco".
    pub(super) compound_joiners: Vec<String>,
    /// Endings that make a number word a denominator; only where number words are written together.
    pub(super) ordinal_endings: Vec<String>,
    /// Words for the decimal mark.
    pub(super) points: Vec<String>,
    /// What stands behind a figure only in countries that write the language's own marks: "millones de euros".
    pub(super) own_style: Vec<String>,
    pub(super) minus: Vec<String>,
    pub(super) percent: Vec<String>,
    /// Words between numerator and denominator: "one out of three".
    pub(super) over: Vec<String>,
    pub(super) range: RangeTable,
    pub(super) qualifiers: QualifierTable,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct DigitsTable {
    pub(super) decimal: char,
    pub(super) group: char,
    /// Some countries of the language write the two marks the other way round: "1,200 millones".
    pub(super) mixed: bool,
    /// What newspapers put between groups where it is not `group`: a thin space.
    pub(super) written_group: Option<char>,
}

impl Default for DigitsTable {
    fn default() -> Self {
        Self { decimal: '.', group: ',', mixed: false, written_group: None }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct CountingTable {
    /// "five and twenty"
    pub(super) units_first: bool,
    /// Number words are written together.
    pub(super) compounds: bool,
    /// "one twenty" is 120.
    pub(super) implied_hundred: bool,
    /// The joiner stands between tens and units.
    pub(super) joins_tens: bool,
    /// The joiner stands between any ten and unit, so that "thirty and two fifths" is 32/5.
    pub(super) joins_units: bool,
    /// A hundred in words may follow a figure in digits: "3 hundred".
    pub(super) digits_hundred: bool,
    /// "One" is the article as well, and counts nothing in running text: "un 25 por ciento".
    pub(super) silent_one: bool,
    /// The joiner stands after hundreds and scales.
    pub(super) joins_scales: bool,
    /// A digit behind a scale and the joiner counts tenths of the scale: "due milioni e sei" is 2.6 million.
    pub(super) joined_tenths: bool,
}

/// Words that make two figures one range, and that say that they are none.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RangeTable {
    /// "between"
    pub(super) openers: Vec<String>,
    /// "and", after an opener
    pub(super) opened: Vec<String>,
    /// "to", by itself
    pub(super) joiners: Vec<String>,
    /// "and", "or": a list whose figures share the unit of the last
    pub(super) lists: Vec<String>,
    /// Verbs of change, after which "from … to …" are two figures and no range.
    pub(super) changes: Vec<String>,
}

/// Phrases that say how firmly a figure stands, before and after it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct QualifierTable {
    pub(super) about: Sides,
    pub(super) up_to: Sides,
    pub(super) at_least: Sides,
    pub(super) exact: Sides,
    /// Words that tell what something is worth, after nouns of sums, and qualify nothing there: "ein Kredit über 5 Mio.".
    pub(super) worth: WorthTable,
    /// Words that may stand between a qualifier and its figure: articles.
    pub(super) between: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Sides {
    pub(super) before: Vec<String>,
    pub(super) after: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct WorthTable {
    /// The words: "über".
    pub(super) words: Vec<String>,
    /// The nouns that stand right before them.
    pub(super) after: Vec<String>,
}

/// `money.toml`: names of currencies.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct MoneyFile {
    /// Nouns by the key that `knowledge/currencies.toml` gives them: "dollar".
    pub(super) nouns: BTreeMap<String, Forms>,
    /// Adjectives by ISO 3166 code; with a noun they name one currency.
    pub(super) adjectives: BTreeMap<String, Forms>,
    /// Names of countries whose currency shares its noun with others; a text about them means theirs.
    pub(super) countries: BTreeMap<String, Forms>,
    /// Countries whose newspapers write in this language and mean their own money by a name that is the money of others, too;
    /// a mere mention of any other country leaves "dollar" the default.
    pub(super) own_press: Vec<String>,
    /// Whole names by ISO 4217 code that noun and adjective do not give.
    pub(super) names: BTreeMap<String, Forms>,
    /// Abbreviations of a scale and a currency in one, by currency and scale: "mdp" is millions of pesos.
    pub(super) scaled: BTreeMap<String, BTreeMap<String, Forms>>,
    /// Hundredths, by the currency they mean where the text names none.
    pub(super) minor: BTreeMap<String, Forms>,
    /// Hundredths that count only after a figure and its sign: "20 dollars 43c".
    pub(super) minor_marks: Vec<String>,
    /// Codes that are words of the language: not money before a figure ("ALL 5").
    pub(super) not_codes: Vec<String>,
    /// Signs that several currencies share: the nouns they stand for, the likeliest first.
    pub(super) shared_signs: BTreeMap<String, Forms>,
    /// Words between a scale and a currency: "millions de dollars".
    pub(super) links: Vec<String>,
    /// Words after which a bare "500 million" stands for money, not for what follows.
    pub(super) ellipsis: Vec<String>,
    /// Words without which millions count nothing, if the language has them: "millions de", "milioni di". Whatever else follows, a bare
    /// "500 million" stands for money.
    pub(super) counted_with: Vec<String>,
    /// How names of peoples end, which millions count behind those words: "millions de Français".
    pub(super) counted_names: Vec<String>,
    /// Words that tell an amount again in another currency: "soit".
    pub(super) restates: Vec<String>,
    /// How this language writes amounts.
    pub(super) writing: WritingTable,
}

/// How a language writes amounts out: patterns with places for `{figure}`, `{scale}`, `{currency}`, whole `{sum}`s and the two
/// ends of a range.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct WritingTable {
    /// A figure in digits and its currency.
    pub(super) sum: String,
    /// The same with a scale word between.
    pub(super) scaled: String,
    pub(super) about: String,
    pub(super) up_to: String,
    pub(super) at_least: String,
    pub(super) range: String,
    /// Scale words by what they multiply: for one and for more.
    pub(super) scales: BTreeMap<String, [String; 2]>,
    /// Orders of magnitude.
    pub(super) vague: BTreeMap<String, String>,
    /// Names by ISO 4217 code: behind a figure and behind a scale word; other currencies are written by their code.
    pub(super) currencies: BTreeMap<String, [String; 2]>,
}

/// `thing.toml`: what is counted.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ThingFile {
    /// Forms by English singular.
    pub(super) units: BTreeMap<String, Forms>,
    /// Signs of measures, which may be written onto the figure.
    pub(super) measures: BTreeMap<String, Forms>,
    /// Phrases after a unit that make it a rate, by the English of the period: "year".
    pub(super) per: BTreeMap<String, Forms>,
    /// Words before a unit that make it one for each period: "annual".
    pub(super) each: BTreeMap<String, Forms>,
    /// Words that no unit follows: prepositions, conjunctions, verbs.
    pub(super) stops: Vec<String>,
    /// Words between figure and unit that say nothing: "of", "new".
    pub(super) links: Vec<String>,
    /// How many other words may stand between a figure and its unit.
    pub(super) words_between_max: usize,
    /// Words after which a bare number is a number of something else: "Article 5".
    pub(super) not_after: Vec<String>,
}

/// `knowledge/currencies.toml`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct CurrencyFile {
    pub(super) currency: Vec<CurrencyEntry>,
    /// The currency that a bare noun or sign means where the text does not tell.
    pub(super) defaults: BTreeMap<String, String>,
    /// Nouns whose default currency is told of all over the world.
    pub(super) worldwide: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CurrencyEntry {
    pub(super) code: String,
    /// Key of the noun that languages name it by.
    #[serde(default)]
    pub(super) noun: Option<String>,
    /// ISO 3166 codes of where it is the money; the first one's adjective names it.
    #[serde(default)]
    pub(super) countries: Vec<String>,
    /// Signs of its own.
    #[serde(default)]
    pub(super) signs: Vec<String>,
    /// Signs that count only when written onto a figure: "A$" is no "a $".
    #[serde(default)]
    pub(super) glued_signs: Vec<String>,
}
