//! One commitment or agreement explained: each claim's sentence with the words that matter marked, where it comes from, and why
//! claims were joined or differ.

use crate::{Amounts, amount, commitment_amount, confidence, history, one_line, short_id, spaced, thing, words};
use anstyle::Style;
use pledgebook_commitments::{Agreement, ClaimView, Commitment, Compared, Conflict, MoneyRelation, Stage, Subject};
use std::io::{self, Write};

/// How parts of an explanation are set off on a terminal.
#[derive(Debug, Clone, Copy, Default)]
pub struct Styles {
    /// Headings.
    pub heading: Style,
    /// The words that matter in a sentence; they stand in brackets as well.
    pub mark: Style,
    /// What is said beside.
    pub aside: Style,
    /// What a reader should look at.
    pub warning: Style,
}

/// Explains commitments and agreements.
#[derive(Debug)]
pub struct Explanation<'a> {
    /// Writes amounts.
    pub amounts: &'a Amounts,
    /// How parts are set off.
    pub styles: Styles,
    /// The sum in the currency that was asked for.
    pub beside: Option<Compared>,
}

impl Explanation<'_> {
    /// Writes the explanation. `marks` gives the words of a claim's sentence that its slots were read from.
    ///
    /// # Errors
    /// When `out` takes no more.
    pub fn write(
        &self,
        out: &mut impl Write,
        subject: &Subject,
        marks: &mut dyn FnMut(&ClaimView) -> Vec<String>,
    ) -> io::Result<()> {
        match subject {
            Subject::Commitment(commitment) => self.commitment(out, commitment, marks),
            Subject::Agreement(agreement) => self.agreement(out, agreement, marks),
        }
    }

    fn commitment(
        &self,
        out: &mut impl Write,
        c: &Commitment,
        marks: &mut dyn FnMut(&ClaimView) -> Vec<String>,
    ) -> io::Result<()> {
        let Styles { heading, aside, .. } = self.styles;
        let by = if c.by.is_empty() { "(nobody named)".to_owned() } else { c.by.join(", ") };
        let parts = [
            by,
            c.action.map_or(String::new(), |action| action.word().to_owned()),
            c.things.iter().map(thing).collect::<Vec<_>>().join(", "),
            c.place.join(", "),
            words(&c.domains),
            c.stage.map_or(String::new(), |stage| spaced(stage.word())),
            commitment_amount(c, self.beside.as_ref().or(c.compared.as_ref()), self.amounts),
        ];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        writeln!(out, "{heading}{}  {}{heading:#}", short_id(&c.id), parts.join(" · "))?;
        let when = [
            c.from.as_ref().map(|day| format!("from {day}")),
            c.until.as_ref().map(|day| format!("until {day}")),
            c.over.as_ref().map(|length| format!("over {length}")),
        ];
        let when: Vec<String> = when.into_iter().flatten().collect();
        if !when.is_empty() {
            writeln!(out, "  {aside}when{aside:#}     {}", when.join(", "))?;
        }
        let mut status = standing(c.status.word(), c.origins.len());
        if c.envelope {
            status.push_str(" · an envelope: never added to its parts");
        }
        if c.stale {
            status.push_str(" · stale: no news for two years");
        }
        self.known(out, &status, &c.origins, &c.first_known, &c.last_known)?;
        let steps: Vec<String> =
            c.stages.iter().map(|step| format!("{} ({})", spaced(&step.stage.to_string()), step.day)).collect();
        if steps.len() > 1 {
            writeln!(out, "  {aside}stages{aside:#}   {}", steps.join(" → "))?;
        }
        self.linked(out, "part of", &c.part_of)?;
        self.linked(out, "parts", &c.parts)?;
        self.claims(out, &c.claims, marks)?;
        self.differences(out, c.claims.len(), self.beside.as_ref().or(c.compared.as_ref()), &c.conflicts)
    }

    fn agreement(
        &self,
        out: &mut impl Write,
        a: &Agreement,
        marks: &mut dyn FnMut(&ClaimView) -> Vec<String>,
    ) -> io::Result<()> {
        let Styles { heading, aside, .. } = self.styles;
        let parts = [
            a.parties.join(" – "),
            a.name.clone().unwrap_or_default(),
            a.stage.map_or(String::new(), |stage| spaced(stage.word())),
            a.date.clone().unwrap_or_default(),
        ];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        writeln!(out, "{heading}{}  {}{heading:#}", short_id(&a.id), parts.join(" · "))?;
        if !a.domains.is_empty() {
            writeln!(out, "  {aside}fields{aside:#}   {}", words(&a.domains))?;
        }
        if let Some(money) = &a.money {
            let beside = self.beside.as_ref().or(a.compared.as_ref());
            writeln!(out, "  {aside}worth{aside:#}    {}", amount(Some(money), beside, self.amounts))?;
        }
        let mut status = standing(a.status.word(), a.origins.len());
        if a.stale {
            status.push_str(" · stale: no news for two years");
        }
        self.known(out, &status, &a.origins, &a.first_known, &a.last_known)?;
        writeln!(out, "  {aside}stages{aside:#}   {}", history(a))?;
        if !a.delegation.is_empty() {
            writeln!(out, "  {aside}with{aside:#}     {}", a.delegation.join(", "))?;
        }
        self.linked(out, "told with", &a.commitments)?;
        self.claims(out, &a.claims, marks)?;
        self.differences(out, a.claims.len(), self.beside.as_ref().or(a.compared.as_ref()), &a.conflicts)
    }

    fn known(
        &self,
        out: &mut impl Write,
        status: &str,
        origins: &[Vec<String>],
        first: &str,
        last: &str,
    ) -> io::Result<()> {
        let Styles { aside, .. } = self.styles;
        writeln!(out, "  {aside}status{aside:#}   {status}")?;
        for (index, chain) in origins.iter().enumerate() {
            let label = if index == 0 { "origins" } else { "" };
            writeln!(out, "  {aside}{label:8}{aside:#} {}", chain.join(" ← "))?;
        }
        let days = if first == last { first.to_owned() } else { format!("{first}, last told {last}") };
        writeln!(out, "  {aside}known{aside:#}    {days}")
    }

    fn linked(&self, out: &mut impl Write, label: &str, ids: &[String]) -> io::Result<()> {
        if ids.is_empty() {
            return Ok(());
        }
        let Styles { aside, .. } = self.styles;
        let ids: Vec<&str> = ids.iter().map(|id| short_id(id)).collect();
        writeln!(out, "  {aside}{label:8}{aside:#} {}", ids.join(", "))
    }

    fn claims(
        &self,
        out: &mut impl Write,
        claims: &[ClaimView],
        marks: &mut dyn FnMut(&ClaimView) -> Vec<String>,
    ) -> io::Result<()> {
        let Styles { heading, aside, mark, warning } = self.styles;
        for claim in claims {
            writeln!(out)?;
            let said = claim.money.as_ref().map(|money| {
                let all = std::iter::once(money).chain(&claim.restated).map(|money| self.amounts.money(money));
                all.collect::<Vec<_>>().join(", ")
            });
            let stage = claim.stage.map(|stage: Stage| spaced(&stage.to_string()));
            let head: Vec<String> = [said, stage].into_iter().flatten().collect();
            let head = if head.is_empty() { "no figure".to_owned() } else { head.join(" · ") };
            writeln!(out, "  {heading}{head}{heading:#}")?;
            let evidence = marked(&claim.evidence, &marks(claim), mark);
            writeln!(out, "    “{}”", one_line(&evidence))?;
            let chain = if claim.origin.is_empty() { "no source named".to_owned() } else { claim.origin.join(" ← ") };
            writeln!(
                out,
                "    {aside}{} · {} · {chain} · claim {} · {}{aside:#}",
                claim.document,
                claim.day,
                short_id(&claim.id),
                confidence(claim.confidence)
            )?;
            if !claim.why.is_empty() && claims.len() > 1 {
                writeln!(out, "    {aside}{}{aside:#} {}", spaced(claim.relation.word()), claim.why)?;
            }
            if !claim.decisions.is_empty() {
                writeln!(out, "    {warning}decided on by a human: {}{warning:#}", claim.decisions.len())?;
            }
        }
        Ok(())
    }

    fn differences(
        &self,
        out: &mut impl Write,
        claims: usize,
        compared: Option<&Compared>,
        conflicts: &[Conflict],
    ) -> io::Result<()> {
        let Styles { aside, warning, .. } = self.styles;
        if let Some(compared) = compared {
            writeln!(
                out,
                "\n  {aside}compared in {} at {} ({}, {}){aside:#}",
                compared.currency, compared.rate, compared.rate_source, compared.rate_day
            )?;
        }
        let told: Vec<&Conflict> =
            conflicts.iter().filter(|conflict| conflict.relation != MoneyRelation::Equal).collect();
        if told.is_empty() {
            if claims > 1 {
                writeln!(out, "\n  The sources agree.")?;
            }
            return Ok(());
        }
        writeln!(out)?;
        for conflict in told {
            writeln!(out, "  {warning}{}{warning:#}: {}", conflict.relation.word(), conflict.why)?;
        }
        Ok(())
    }
}

/// "corroborated by 2 independent origins".
fn standing(status: &str, origins: usize) -> String {
    match origins {
        0 => status.to_owned(),
        1 => format!("{status} · 1 origin"),
        count => format!("{status} · {count} independent origins"),
    }
}

/// A sentence with the marked words in brackets; where marks overlap, the longest one stands.
fn marked(evidence: &str, words: &[String], style: Style) -> String {
    let mut spans: Vec<(usize, usize)> = words
        .iter()
        .filter(|word| !word.trim().is_empty())
        .filter_map(|word| evidence.find(word.as_str()).map(|start| (start, start + word.len())))
        .collect();
    spans.sort_by_key(|(start, end)| (*start, std::cmp::Reverse(*end)));
    let mut out = String::with_capacity(evidence.len() + 16);
    let mut at = 0;
    for (start, end) in spans {
        if start < at {
            continue;
        }
        out.push_str(&evidence[at..start]);
        out.push_str(&format!("[{style}{}{style:#}]", &evidence[start..end]));
        at = end;
    }
    out.push_str(&evidence[at..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_marked_once_and_the_longest_wins() {
        let words = ["up to £5m".to_owned(), "£5m".to_owned(), "plans".to_owned(), " ".to_owned(), "absent".to_owned()];
        assert_eq!(marked("X plans up to £5m now", &words, Style::new()), "X [plans] [up to £5m] now");
    }
}
