//! Words in quotation marks of any style, nested, over several sentences or paragraphs, and direct speech after a dash.
//!
//! Which way a mark points is told by its writing, so the same code reads «French», »German«, „German“, “English” and "plain".

use crate::{Mention, Quote, Value};
use pledgebook_lexicon::{Data, Error};
use pledgebook_text::{Habits, Text, TokenKind, Vocabulary};
use std::ops::Range;

const MARKED: &str = "<open> words <close>";
const DASHED: &str = "<dash> words <dash>";

/// Quotation marks inside one another that are followed; deeper ones are text.
const DEPTH_MAX: usize = 4;

/// Compiled data of this module.
#[derive(Debug)]
pub struct Tables {}

impl Tables {
    pub fn compile(_data: &Data, _code: &str, _habits: &Habits, _vocabulary: &mut Vocabulary) -> Result<Self, Error> {
        Ok(Self {})
    }
}

/// A mark that was opened: its token, and the character that it is.
#[derive(Debug, Clone, Copy)]
struct Open {
    token: usize,
    mark: char,
}

pub fn read(text: &Text<'_>, _tables: &Tables, mentions: &mut Vec<Mention>) {
    let mut rest = text.sentences();
    while let Some(first) = rest.first() {
        let count = rest.iter().take_while(|sentence| sentence.block == first.block).count();
        let block = first.tokens.start..rest[count - 1].tokens.end;
        rest = &rest[count..];
        let next_opens = rest.first().and_then(|next| mark_at(text, next.tokens.start));
        marked(text, block.clone(), next_opens, mentions);
        dashed(text, block, mentions);
    }
}

/// The mark that a token is, if it can open or close a quotation.
fn mark_at(text: &Text<'_>, token: usize) -> Option<char> {
    let token = text.tokens().get(token)?;
    if token.kind != TokenKind::Mark {
        return None;
    }
    let mark = token.of(text.source()).chars().next()?;
    matches!(mark, '"' | '«' | '»' | '“' | '”' | '„' | '‟' | '‚' | '‘' | '’' | '‹' | '›' | '\'').then_some(mark)
}

fn closes(open: char, close: char) -> bool {
    match open {
        '«' => close == '»',
        '»' => close == '«',
        '‹' => close == '›',
        '›' => close == '‹',
        '“' | '‟' => matches!(close, '”' | '"'),
        '”' => close == '”',
        '„' => matches!(close, '“' | '”' | '"'),
        '"' => matches!(close, '"' | '”'),
        '‚' => matches!(close, '‘' | '’' | '\''),
        '‘' => close == '’',
        '\'' => close == '\'',
        _ => false,
    }
}

/// Whether a mark at this token can open: nothing that belongs to it stands before, something does after.
fn can_open(text: &Text<'_>, block: &Range<usize>, token: usize, mark: char) -> bool {
    let tokens = text.tokens();
    let free_before = token == block.start
        || !tokens[token].shape.glued()
        || tokens[token - 1].kind == TokenKind::Mark && !matches!(text.form(token - 1), "." | "," | "!" | "?" | "…")
        || text.form(token - 1).ends_with(['\'', '’']);
    let full_after = token + 1 < block.end && tokens[token + 1].shape.glued();
    match mark {
        '«' | '‹' => free_before || full_after,
        '“' | '„' | '‟' | '‚' => true,
        '»' | '›' | '‘' | '\'' | '"' | '”' => free_before && full_after,
        _ => false,
    }
}

fn marked(text: &Text<'_>, block: Range<usize>, next_opens: Option<char>, mentions: &mut Vec<Mention>) {
    let mut open: [Option<Open>; DEPTH_MAX] = [None; DEPTH_MAX];
    let mut depth = 0;
    for token in text.others().within(block.clone()) {
        if text.tokens()[token].kind != TokenKind::Mark {
            continue;
        }
        let Some(mark) = mark_at(text, token) else { continue };
        let closed = (0..depth).rev().find(|level| open[*level].is_some_and(|open| closes(open.mark, mark)));
        let opening = can_open(text, &block, token, mark);
        match closed {
            // A plain mark that could be either opens only where none of its sort is open.
            Some(level) if !(opening && mark == '“' && !text.tokens()[token].shape.glued()) => {
                if let Some(open) = open[level] {
                    push(text, open.token..token + 1, MARKED, mentions);
                }
                depth = level;
            }
            _ if opening && depth < DEPTH_MAX => {
                open[depth] = Some(Open { token, mark });
                depth += 1;
            }
            _ => {}
        }
    }
    // A quotation over several paragraphs opens each anew and closes only the last.
    if let Some(Some(open)) = (depth > 0).then(|| open[0])
        && next_opens == Some(open.mark)
    {
        push(text, open.token..block.end, MARKED, mentions);
    }
}

fn push(text: &Text<'_>, tokens: Range<usize>, rule: &'static str, mentions: &mut Vec<Mention>) {
    let bytes = text.bytes(tokens.clone());
    let last_is_mark = mark_at(text, tokens.end - 1).is_some();
    let from = text.tokens()[tokens.start].end as usize;
    let to = if last_is_mark { text.tokens()[tokens.end - 1].start as usize } else { bytes.end };
    let Some(inner) = text.source().get(from..to) else { return };
    let from = from + (inner.len() - inner.trim_start().len());
    let inner = from..from + inner.trim().len();
    if !inner.is_empty() {
        mentions.push(Mention { tokens, bytes, value: Value::Quote(Quote { inner }), rule });
    }
}

fn is_dash(text: &Text<'_>, token: usize) -> bool {
    matches!(text.form(token), "—" | "–" | "―" | "-")
}

/// Direct speech that a dash opens at the start of a line: "— Words, — said somebody. — More words." Speech and telling take
/// turns at each dash; a list item is told from speech by its lacking a telling part.
fn dashed(text: &Text<'_>, block: Range<usize>, mentions: &mut Vec<Mention>) {
    if block.len() < 4 || !is_dash(text, block.start) {
        return;
    }
    let tokens = text.tokens();
    let turns = |from: usize| {
        (from..block.end.saturating_sub(1)).find(|at| {
            is_dash(text, *at) && matches!(text.form(at - 1), "," | "." | "!" | "?" | "…" | "..." | "»" | "”")
                || is_dash(text, *at) && tokens[at + 1].shape.glued() != tokens[*at].shape.glued()
        })
    };
    let Some(first) = turns(block.start + 1) else { return };
    if tokens[first + 1].kind != TokenKind::Word || tokens[first + 1].shape.capital() {
        return;
    }
    let mut speech = Some(block.start);
    let mut from = block.start + 1;
    loop {
        let turn = turns(from);
        let end = turn.unwrap_or(block.end);
        if let Some(start) = speech.take() {
            let close = if end < block.end && text.form(end - 1) == "," { end - 1 } else { end };
            if close > start + 1 {
                push(text, start..close, DASHED, mentions);
            }
        } else {
            speech = turn;
        }
        match turn {
            Some(turn) => from = turn + 1,
            None => break,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pledgebook_document::Document;

    fn quotes(source: &str) -> Vec<String> {
        let document = Document::from_text("t", source);
        let habits = Habits { elisions: vec!["d".into(), "l".into()], ..Habits::default() };
        let mut vocabulary = Vocabulary::new();
        vocabulary.seal();
        let text = Text::new(&document, &habits, &vocabulary);
        let mut mentions = Vec::new();
        read(&text, &Tables {}, &mut mentions);
        mentions
            .iter()
            .filter_map(|mention| match &mention.value {
                Value::Quote(quote) => Some(source[quote.inner.clone()].to_owned()),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn every_style_of_marks_is_read() {
        for source in [
            "Il a dit : « Nous construirons. »",
            "Er sagte: «Nous construirons.»",
            "Er sagte: »Nous construirons.«",
            "Er sagte: „Nous construirons.“",
            "Er sagte: „Nous construirons.”",
            "She said: “Nous construirons.”",
            "She said: \"Nous construirons.\"",
            "She said: ‘Nous construirons.’",
            "She said: 'Nous construirons.'",
            "Sie sagte: ‚Nous construirons.‘",
        ] {
            assert_eq!(quotes(source), ["Nous construirons."], "{source}");
        }
    }

    #[test]
    fn quotations_nest_and_run_over_sentences_and_paragraphs() {
        assert_eq!(quotes("« Il parle d’“urgence”. Nous aussi. »"), ["urgence", "Il parle d’“urgence”. Nous aussi."]);
        assert_eq!(quotes("“First.\n“Second.” End"), ["First.", "Second."]);
        assert_eq!(quotes("\"One,\" he said. \"Two.\""), ["One,", "Two."]);
    }

    #[test]
    fn apostrophes_and_inches_are_no_quotations() {
        assert!(quotes("The workers' union and the firms' lawyers met; it's done.").is_empty());
        assert!(quotes("A 19\" rack and a 21\" rack").is_empty());
        assert!(quotes("An “unclosed mark runs on.").is_empty());
    }

    #[test]
    fn dashes_open_direct_speech_where_somebody_tells_it() {
        assert_eq!(quotes("— Ми будуємо, — сказав він. — Далі буде."), ["Ми будуємо", "Далі буде."]);
        assert_eq!(quotes("—Lo haremos —dijo ella—. Pronto."), ["Lo haremos"]);
        assert!(quotes("– Travaux entamés, 120 mds.").is_empty());
    }
}
