//! Documents of the named inputs, worked on by all cores, given on in the order of the inputs, a bounded number at a time.

use crate::{arguments, output, output::Failures};
use anyhow::Result;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use pledgebook_document::{Document, Error, Input, Inputs, Opener};
use rayon::prelude::*;
use std::{io, io::IsTerminal, time::Duration};

/// How many documents a core works on side by side: what each step needs, code and tables, is then fetched once for all of them. Of 4, 8,
/// 16, 32 and 64 the last three took about the same time (`ARCHITECTURE.md`).
const SIDE_BY_SIDE: usize = 16;
/// Bytes of text after which no further document is worked on beside the others.
const SIDE_BYTES_MAX: usize = 64 << 10;
/// Into how many parts at least the work is cut for each thread, so that none waits long for another.
const PARTS_OF_A_THREAD: usize = 4;

/// How many inputs are worked on together where each takes little.
pub fn together() -> usize {
    2 * PARTS_OF_A_THREAD * SIDE_BY_SIDE * rayon::current_num_threads()
}

/// Opens every input, lets `work` make something of each of a few documents on any core, and hands the results to `take` in the order of
/// the inputs. `together` inputs are worked on before their results are taken. Inputs that fail are named on stderr and counted.
pub fn each<T: Send>(
    opener: &Opener,
    arguments: &arguments::Inputs,
    quiet: bool,
    together: usize,
    work: impl Fn(Vec<Document>) -> Result<Vec<T>> + Sync,
    mut take: impl FnMut(Vec<T>, &mut Failures) -> Result<()> + Send,
) -> Result<Failures> {
    let mut inputs = Inputs::new(opener, &arguments.inputs, io::stdin());
    let mut failures = Failures::default();
    let progress = progress(quiet);
    let opened = |input: Result<Input, Error>| -> Result<Document, Error> {
        let mut document = opener.open(input?)?;
        if document.published.is_none() {
            document.published.clone_from(&arguments.published);
        }
        if document.lang.is_none() {
            document.lang.clone_from(&arguments.lang);
        }
        Ok(document)
    };
    let prepared = |inputs: Vec<Result<Input, Error>>| -> Result<Vec<Result<T, Error>>> {
        let (mut results, mut documents, mut bytes) = (Vec::with_capacity(inputs.len()), Vec::new(), 0);
        let failed: Vec<Option<Error>> = inputs
            .into_iter()
            .map(|input| {
                let document = match opened(input) {
                    Ok(document) => document,
                    Err(error) => return Ok(Some(error)),
                };
                bytes += document.text().len();
                documents.push(document);
                if bytes >= SIDE_BYTES_MAX {
                    results.extend(work(std::mem::take(&mut documents))?);
                    bytes = 0;
                }
                Ok(None)
            })
            .collect::<Result<_>>()?;
        results.extend(work(documents)?);
        let mut results = results.into_iter().map(Ok);
        Ok(failed.into_iter().filter_map(|failed| failed.map(Err).or_else(|| results.next())).collect())
    };
    let side_by_side = SIDE_BY_SIDE.min(together.div_ceil(PARTS_OF_A_THREAD * rayon::current_num_threads()));
    let mut done: Vec<Result<Vec<Result<T, Error>>>> = Vec::new();
    loop {
        let batch: Vec<Result<Input, Error>> = bounded(&mut inputs, together);
        let is_last = batch.is_empty();
        // While one batch is worked on, the one before is given on.
        let (working, taken) = rayon::join(
            || batch.into_par_iter().chunks(side_by_side).map(&prepared).collect::<Vec<_>>(),
            || -> Result<()> {
                let mut ready = Vec::with_capacity(done.len());
                for results in done.drain(..) {
                    for result in results? {
                        match result {
                            Ok(item) => ready.push(item),
                            Err(error) => progress.suspend(|| failures.input(&error)),
                        }
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
