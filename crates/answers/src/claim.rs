//! A claim in one line.

use crate::amount::{self, Amounts};
use pledgebook_claims::{Body, Claim};

/// Longest quote that a line shows, in characters.
const QUOTE_CHARS_MAX: usize = 80;

/// What a claim says, in one line, the parts held apart by " · ".
pub fn in_one_line(claim: &Claim, amounts: &Amounts) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut push = |part: String| {
        if !part.is_empty() {
            parts.push(part);
        }
    };
    match &claim.body {
        Body::Pledge(pledge) => {
            push(if pledge.by.is_empty() { "(nobody named)".to_owned() } else { pledge.by.join(", ") });
            push(pledge.action.map_or(String::new(), |action| action.word().to_owned()));
            push(pledge.money.as_ref().map_or(String::new(), |money| {
                let restated: Vec<String> = pledge.restated.iter().map(|money| amounts.money(money)).collect();
                let restated = if restated.is_empty() { String::new() } else { format!(" ({})", restated.join(", ")) };
                format!("{}{restated}", amounts.money(money))
            }));
            push(pledge.things.iter().map(amount::thing).collect::<Vec<_>>().join(", "));
            push(pledge.place.join(", "));
            push(words(&pledge.domains));
            push(pledge.until.as_ref().map_or(String::new(), |day| format!("until {day}")));
            push(pledge.over.as_ref().map_or(String::new(), |length| format!("over {length}")));
            push(pledge.stage.map_or(String::new(), |stage| spaced(stage.word())));
        }
        Body::Agreement(agreement) => {
            push(agreement.parties.join(" – "));
            push(agreement.name.clone().unwrap_or_default());
            push(agreement.money.as_ref().map_or(String::new(), |money| amounts.money(money)));
            push(words(&agreement.domains));
            push(agreement.date.clone().unwrap_or_default());
            push(agreement.stage.map_or(String::new(), |stage| spaced(stage.word())));
        }
        Body::Participation(participation) => {
            push(participation.who.join(", "));
            push(participation.event.clone().unwrap_or_default());
            push(participation.place.join(", "));
        }
        Body::Role(role) => {
            push(role.person.clone());
            push(format!("{}{}", if role.former { "former " } else { "" }, role.title.as_deref().unwrap_or_default()));
            push(role.organisation.clone().unwrap_or_default());
        }
        Body::Presence(presence) => {
            push(presence.who.join(", "));
            push(presence.change.map_or(String::new(), |change| change.word().to_owned()));
            push(presence.place.join(", "));
        }
        Body::Statement(statement) => {
            push(statement.speaker.clone().unwrap_or_else(|| "(nobody named)".to_owned()));
            push(format!("“{}”", shortened(&one_line(&statement.quote), QUOTE_CHARS_MAX)));
        }
    }
    if !claim.sources.is_empty() && !matches!(claim.body, Body::Statement(_)) {
        parts.push(format!("← {}", claim.sources.join(" ← ")));
    }
    parts.join(" · ")
}

/// A word of the vocabulary as people read it: "to_be_signed" is "to be signed".
pub fn spaced(word: &str) -> String {
    word.replace('_', " ")
}

/// Words of the vocabulary in a row.
pub fn words(words: &[String]) -> String {
    words.iter().map(|word| spaced(word)).collect::<Vec<_>>().join(", ")
}

/// How sure a claim is; zero is one that nobody has weighed, as those of language models.
pub fn confidence(of: f32) -> String {
    if of == 0.0 { "confidence not measured".to_owned() } else { format!("confidence {of:.2}") }
}

/// A text cut to so many characters, with an ellipsis where something is left out.
pub fn shortened(text: &str, chars_max: usize) -> String {
    match text.char_indices().nth(chars_max) {
        None => text.to_owned(),
        Some(_) => {
            let kept: String = text.chars().take(chars_max.saturating_sub(1)).collect();
            format!("{}…", kept.trim_end())
        }
    }
}

/// A text on one line: breaks and runs of spaces become one space.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
