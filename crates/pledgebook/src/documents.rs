//! Documents of the named inputs, worked on by all cores, given on in the order of the inputs, a bounded number at a time.

use crate::{arguments, output, output::Failures};
use anyhow::Result;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use pledgebook_document::{Document, Error, Input, Inputs, Opener};
use rayon::prelude::*;
use std::{io, io::IsTerminal, time::Duration};

/// How many inputs are worked on together where each takes little.
pub const TOGETHER: usize = 256;

/// Opens every input, lets `work` make something of each document on any core, and hands the results to `take` in the order of
/// the inputs. `together` inputs are worked on before their results are taken. Inputs that fail are named on stderr and counted.
pub fn each<T: Send>(
    opener: &Opener,
    arguments: &arguments::Inputs,
    quiet: bool,
    together: usize,
    work: impl Fn(Document) -> Result<T> + Sync,
    mut take: impl FnMut(Vec<T>, &mut Failures) -> Result<()> + Send,
) -> Result<Failures> {
    let mut inputs = Inputs::new(opener, &arguments.inputs, io::stdin());
    let mut failures = Failures::default();
    let progress = progress(quiet);
    let prepared = |input: Result<Input, Error>| -> Result<Result<T, Error>> {
        let mut document = match input.and_then(|input| opener.open(input)) {
            Ok(document) => document,
            Err(error) => return Ok(Err(error)),
        };
        if document.published.is_none() {
            document.published.clone_from(&arguments.published);
        }
        if document.lang.is_none() {
            document.lang.clone_from(&arguments.lang);
        }
        work(document).map(Ok)
    };
    let mut done: Vec<Result<Result<T, Error>>> = Vec::new();
    loop {
        let batch: Vec<Result<Input, Error>> = bounded(&mut inputs, together);
        let is_last = batch.is_empty();
        // While one batch is worked on, the one before is given on.
        let (working, taken) = rayon::join(
            || batch.into_par_iter().map(&prepared).collect::<Vec<_>>(),
            || -> Result<()> {
                let mut ready = Vec::with_capacity(done.len());
                for result in done.drain(..) {
                    match result? {
                        Ok(item) => ready.push(item),
                        Err(error) => progress.suspend(|| failures.input(&error)),
                    }
                }
                progress.inc(ready.len() as u64);
                if ready.is_empty() { Ok(()) } else { progress.suspend(|| take(ready, &mut failures)) }
            },
        );
        taken?;
        if is_last {
            break;
        }
        done = working;
    }
    progress.finish_and_clear();
    Ok(failures)
}

/// The next inputs, as many as are worked on together, fewer where they hold much.
fn bounded(inputs: &mut Inputs<'_>, together: usize) -> Vec<Result<Input, Error>> {
    const BYTES_MAX: usize = 32 << 20;
    let mut batch = Vec::new();
    let mut bytes = 0;
    while batch.len() < together && bytes < BYTES_MAX {
        let Some(input) = inputs.next() else { break };
        bytes += input.as_ref().map_or(0, Input::bytes_held);
        batch.push(input);
    }
    batch
}

/// A counter of documents, on a terminal only, and only for work that takes time.
fn progress(quiet: bool) -> ProgressBar {
    if quiet || !io::stderr().is_terminal() || !output::is_unicode_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(5));
    if let Ok(style) = ProgressStyle::with_template("{spinner} {human_pos} documents read, {per_sec:0}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
