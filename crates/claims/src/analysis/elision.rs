//! Sums that leave out what the text has just said: "of that, 300 million go to Leeds", "dont 57 pour le second".

use super::{Cue, CueAt};
use pledgebook_mentions::{Currency, Mention, Money, Number, Qualifier, Value};
use pledgebook_text::{Text, TokenKind};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use std::ops::Range;

/// From which figure on a number needs no more than a currency to be a sum.
const SCALED_MIN: i64 = 1_000_000;
/// From which figure on it may be one where a sum was told right before.
const THOUSANDS_MIN: i64 = 10_000;
/// Below which a number may have left out "million" or "billion" too.
const BARE_MAX: i64 = 1_000;
/// Names the shape of a sum whose currency is left out.
pub const WITHOUT_CURRENCY: &str = "<number> <scale> without currency";
/// Names the shape of a sum whose scale and currency are left out.
pub const WITHOUT_SCALE: &str = "<number> without scale";
/// The same two where an article follows: "64 million a part of the costs", "25 los recibidos".
pub const WITHOUT_CURRENCY_BEFORE_ARTICLE: &str = "<number> <scale> without currency <article>";
pub const WITHOUT_SCALE_BEFORE_ARTICLE: &str = "<number> without scale <article>";
/// Names the shape of a sum below a million whose currency is left out, the same where an article follows.
pub const THOUSANDS: &str = "<thousands> without currency";
pub const THOUSANDS_BEFORE_ARTICLE: &str = "<thousands> without currency <article>";
/// Every shape of a sum that leaves something out.
pub const SHAPES: [&str; 6] = [
    WITHOUT_CURRENCY,
    WITHOUT_SCALE,
    WITHOUT_CURRENCY_BEFORE_ARTICLE,
    WITHOUT_SCALE_BEFORE_ARTICLE,
    THOUSANDS,
    THOUSANDS_BEFORE_ARTICLE,
];

/// What the last full sum said.
#[derive(Clone, Copy)]
struct Told {
    currency: Currency,
    scale: Decimal,
    /// The figure before its scale.
    figure: Decimal,
    sentence: usize,
}

impl Told {
    fn new(money: &Money, currency: Currency, sentence: usize) -> Self {
        let scale = scale(money);
        let figure = money.max.or(money.min).and_then(|sum| sum.checked_div(scale)).unwrap_or_default();
        Self { currency, scale, figure, sentence }
    }
}

/// The mentions with such numbers made sums; none where the text has none. Their places in the list stay.
pub fn restore(text: &Text<'_>, mentions: &[Mention], cues: &[CueAt]) -> Option<Vec<Mention>> {
    let mut restored: Option<Vec<Mention>> = None;
    // Most sums are followed by no number that leaves anything out: what they said is told when it is asked for.
    let mut told: Option<(Money, Currency, &Mention)> = None;
    for (index, mention) in mentions.iter().enumerate() {
        match &mention.value {
            Value::Money(money) => {
                told = money.currency.map(|currency| (*money, currency, mention)).or(told);
            }
            Value::Number(number) => {
                let Some((money, currency, last)) = told else { continue };
                let last = Told::new(&money, currency, text.sentence_of(last.tokens.start));
                let sentence = text.sentence_of(mention.tokens.start);
                if let Some((money, rule)) = sum(text, cues, number, &mention.tokens, last, sentence)
                    && !overlaps(mentions, index)
                    && !is_numbered(text, mentions, index)
                    && !counts_on(cues, mentions, index)
                {
                    let list = restored.get_or_insert_with(|| mentions.to_vec());
                    list[index].value = Value::Money(money);
                    list[index].rule = rule;
                    told = Some((money, last.currency, mention));
                }
            }
            _ => {}
        }
    }
    restored
}

/// Whether a time, a thing or a name stands over the same words.
fn overlaps(mentions: &[Mention], index: usize) -> bool {
    let tokens = &mentions[index].tokens;
    let near = index.saturating_sub(4)..mentions.len().min(index + 5);
    near.filter(|other| *other != index).any(|other| {
        let that = &mentions[other].tokens;
        that.start < tokens.end && tokens.start < that.end
    })
}

/// Whether a number only tells which one is meant of what a word with a capital, which is no name, says: "Lot 5".
fn is_numbered(text: &Text<'_>, mentions: &[Mention], index: usize) -> bool {
    let Some(before) = mentions[index].tokens.start.checked_sub(1) else { return false };
    let token = &text.tokens()[before];
    let named = |mention: &Mention| mention.tokens.contains(&before) && matches!(mention.value, Value::Name(_));
    token.kind == TokenKind::Word
        && token.shape.capital()
        && !text.habits().capital_nouns
        && before > text.sentences()[text.sentence_of(before)].tokens.start
        && !mentions[index.saturating_sub(4)..index].iter().any(named)
}

/// Whether things are counted from the number on: "da 598 a circa 800 dipendenti".
fn counts_on(cues: &[CueAt], mentions: &[Mention], index: usize) -> bool {
    let end = mentions[index].tokens.end;
    starting(cues, end).any(|cue| cue == Cue::MarkGoal)
        && mentions[index + 1..]
            .iter()
            .take_while(|next| next.tokens.start <= end + 2)
            .any(|next| next.tokens.start > end && matches!(next.value, Value::Thing(_)))
}

fn sum(
    text: &Text<'_>,
    cues: &[CueAt],
    number: &Number,
    tokens: &Range<usize>,
    last: Told,
    sentence: usize,
) -> Option<(Money, &'static str)> {
    if number.percent || number.qualifier == Qualifier::Vague {
        return None;
    }
    let figure = number.max.or(number.min)?;
    let money = |factor: Decimal| {
        let times = |bound: Option<Decimal>| bound.and_then(|bound| bound.checked_mul(factor)).map(|b| b.normalize());
        let place = place(figure).checked_mul(factor)?;
        Some(Money {
            min: times(number.min),
            max: times(number.max),
            currency: Some(last.currency),
            qualifier: number.qualifier,
            precision: Some(place.normalize()),
        })
    };
    let end = tokens.end;
    let shape = |of: bool, [alone, article]: [&'static str; 2]| {
        if stands_alone(text, cues, end, of) { Some(alone) } else { before_article(text, cues, end).then_some(article) }
    };
    if figure >= Decimal::from(SCALED_MIN) {
        return money(Decimal::ONE).zip(shape(false, [WITHOUT_CURRENCY, WITHOUT_CURRENCY_BEFORE_ARTICLE]));
    }
    let follows = || sentence - last.sentence <= 1 && !before_is_figure(text, tokens.start);
    if figure >= Decimal::from(THOUSANDS_MIN) && follows() {
        return money(Decimal::ONE).zip(shape(true, [THOUSANDS, THOUSANDS_BEFORE_ARTICLE]));
    }
    let like = figure < Decimal::from(BARE_MAX)
        || last.figure >= Decimal::from(BARE_MAX) && figure < last.figure * Decimal::TEN;
    let bare = figure > Decimal::ONE && like && last.scale >= Decimal::from(SCALED_MIN) && follows();
    if !bare {
        return None;
    }
    money(last.scale).zip(shape(true, [WITHOUT_SCALE, WITHOUT_SCALE_BEFORE_ARTICLE]))
}

/// Whether an article or the like follows, which opens something else than what the number could count: "cover with 64 million a
/// part of the costs", "25 los recibidos".
fn before_article(text: &Text<'_>, cues: &[CueAt], at: usize) -> bool {
    let glued = text.tokens().get(at).is_none_or(|token| token.shape.glued());
    !glued && starting(cues, at).any(|cue| cue == Cue::MarkDeterminer)
}

/// The cues that start at a token.
fn starting(cues: &[CueAt], at: usize) -> impl Iterator<Item = Cue> + '_ {
    let from = cues.partition_point(|cue| cue.start < at);
    cues[from..].iter().take_while(move |cue| cue.start == at).map(|cue| cue.cue)
}

/// Nouns of sums: "50 milliards d'argent public", "650 million of grants", "300 Millionen Zuschüsse" are money, not things.
fn is_sum(cue: Cue) -> bool {
    matches!(
        cue,
        Cue::NounInvest | Cue::NounLend | Cue::NounGrant | Cue::NounGuarantee | Cue::NounFunding | Cue::NounShare
    )
}

/// Whether nothing follows that a number could count: a mark, or a word that says what is done. `bare` is a number that tells no scale.
fn stands_alone(text: &Text<'_>, cues: &[CueAt], at: usize, bare: bool) -> bool {
    let Some(token) = text.tokens().get(at) else { return true };
    let sentence = text.sentence_of(at.saturating_sub(1));
    if text.sentences().get(sentence).is_some_and(|sentence| at >= sentence.tokens.end) {
        return true;
    }
    match token.kind {
        TokenKind::Mark => match text.form(at) {
            "." | "," | ";" | ")" | "»" | "”" | "\"" | "!" | "?" | "…" | "(" | "—" => true,
            "–" | "-" => !token.shape.glued(),
            _ => false,
        },
        TokenKind::Word => {
            // "three deals", "six projects" are counts.
            let counted = |cue: Cue| ["noun.", "accord.", "not."].iter().any(|sort| cue.word().starts_with(sort));
            // "7,2 millions de pneus" are counted, "7,2 millions de la Région" are told with who they come from.
            let of = starting(cues, at).any(|cue| cue == Cue::MarkOf);
            let from = |cue: Cue| is_sum(cue) || cue == Cue::MarkDeterminer;
            let told = !starting(cues, at).any(counted)
                && if of {
                    bare || starting(cues, at + 1).any(from)
                } else {
                    starting(cues, at).any(|cue| cue != Cue::MarkDeterminer)
                };
            told || text.ends_as_verb(at)
                || !bare && (starting(cues, at).any(is_sum) || text.is_no_noun(at) || opens_sentence(text, at))
        }
        _ => false,
    }
}

/// Whether a sentence begins there, which the stop of an abbreviation before it hid: "30 млн. Решту …".
fn opens_sentence(text: &Text<'_>, at: usize) -> bool {
    text.tokens()[at].shape.capital() && at.checked_sub(1).is_some_and(|before| text.form(before).ends_with('.'))
}

/// Whether a number is the end of a range, of a result or of a time: "3-5", "16:20".
fn before_is_figure(text: &Text<'_>, start: usize) -> bool {
    let kind = |at: usize| text.tokens().get(at).map(|token| token.kind);
    let is_number = |back: usize| start.checked_sub(back).and_then(kind) == Some(TokenKind::Number);
    match start.checked_sub(1).and_then(kind) {
        Some(TokenKind::Number | TokenKind::Symbol) => true,
        Some(_) if matches!(text.form(start - 1), "-" | "–" | "/" | ":") => {
            text.tokens()[start].shape.glued() || is_number(2)
        }
        _ => false,
    }
}

/// The place of the last digit that is no zero, at most that of the "thousand", "million" or "billion" that the figure is told in: a
/// million in "300 million".
fn place(figure: Decimal) -> Decimal {
    let normal = figure.normalize();
    if normal.scale() > 0 {
        return Decimal::new(1, normal.scale());
    }
    let digits = normal.to_u64().map_or(0, |figure| figure.max(1).ilog10());
    let unit = Decimal::from(10_u64.pow(digits / 3 * 3));
    let mut place = Decimal::ONE;
    while place < unit && (normal % (place * Decimal::TEN)).is_zero() {
        place *= Decimal::TEN;
    }
    place
}

/// The "million" or "billion" that a sum was told in, by the place of its last digit: "1,400 million" 1e6, "4.25bn" 1e9.
fn scale(money: &Money) -> Decimal {
    let digits = money.precision.and_then(|place| place.to_u64()).map_or(0, |place| place.max(1).ilog10());
    Decimal::from(10_u64.pow(digits.div_ceil(3).min(5) * 3))
}

#[cfg(test)]
mod tests {
    use super::{place, scale};
    use crate::Reader;
    use pledgebook_document::Document;
    use pledgebook_lexicon::{Data, Error};
    use pledgebook_mentions::{Money, Qualifier};
    use rust_decimal::Decimal;

    /// The sums of a text, those that leave something out among them.
    fn sums(language: &str, text: &str) -> Result<Vec<i64>, Error> {
        let reader = Reader::new(&Data::embedded(), language)?;
        Ok(reader.with_analysis(&Document::from_text("sums", text), |analysis, _| {
            let sums = (0..analysis.mentions.len()).filter_map(|mention| analysis.money(mention));
            sums.filter_map(|money| i64::try_from(money.max.or(money.min)?.trunc()).ok()).collect()
        }))
    }

    #[test]
    fn sums_have_what_they_leave_out() -> Result<(), Error> {
        for (language, text, wanted) in [
            ("de", "Das Land gibt 2,4 Millionen Euro, der Kreis 600.000.", vec![2_400_000, 600_000]),
            ("fr", "L'État apporte 264 millions d'euros, la Région Valmont 57.", vec![264_000_000, 57_000_000]),
            ("fr", "Il verse 7 millions d'euros et cinq millions supplémentaires.", vec![7_000_000, 5_000_000]),
            ("it", "Il porto costa 220 milioni di euro: altri 38 li mette la Regione.", vec![220_000_000, 38_000_000]),
            ("uk", "Вартість – 48 млн євро, з яких 35 млн дає банк.", vec![48_000_000, 35_000_000]),
            (
                "es",
                "Cuesta 60 millones de euros. El fondo Lusco pone 25; la firma Tarvia, 15.",
                vec![60_000_000, 25_000_000, 15_000_000],
            ),
        ] {
            assert_eq!(sums(language, text)?, wanted, "{text}");
        }
        Ok(())
    }

    #[test]
    fn what_is_counted_is_no_sum() -> Result<(), Error> {
        for (language, text) in [
            ("en", "It pays €5 million to 600,000 farmers."),
            ("fr", "Il verse 7 millions d'euros pour 12 millions d'arbres."),
            ("uk", "Вартість – 48 млн євро, а пасажирів – 35 млн осіб."),
            ("de", "Für 9 Millionen Euro kamen 40.000 Bäume."),
        ] {
            assert_eq!(sums(language, text)?.len(), 1, "{text}");
        }
        Ok(())
    }

    #[test]
    fn a_sum_tells_its_scale() {
        let of = |precision: i64| {
            let money = Money {
                min: None,
                max: None,
                currency: None,
                qualifier: Qualifier::Exact,
                precision: Some(precision.into()),
            };
            scale(&money)
        };
        assert_eq!(of(1_000_000), Decimal::from(1_000_000));
        assert_eq!(of(10_000_000), Decimal::from(1_000_000_000));
        assert_eq!(of(1), Decimal::ONE);
    }

    #[test]
    fn the_last_digit_has_a_place() {
        assert_eq!(place(Decimal::from(300_000_000)), Decimal::from(1_000_000));
        assert_eq!(place(Decimal::from(2_500_000_000_i64)), Decimal::from(100_000_000));
        assert_eq!((place(Decimal::from(30)), place(Decimal::from(7_200))), (Decimal::ONE, Decimal::from(100)));
        assert_eq!(place(Decimal::new(7289, 1)), Decimal::new(1, 1));
        assert_eq!(place(Decimal::from(57)), Decimal::ONE);
    }
}
