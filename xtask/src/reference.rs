//! The reference of the command line, from its definition.

use clap::Command;
use std::fmt::Write as _;

/// Columns that help is set in.
const COLUMNS: usize = 110;

/// The page `docs/cli.md`.
pub fn markdown() -> String {
    let mut page = String::from(
        "# The command line\n\nGenerated from the program by `cargo run -p xtask -- cli`; a test fails when it is stale. Every command prints \
         its page with `--help`.\n",
    );
    let mut root = pledgebook::command().term_width(COLUMNS).max_term_width(COLUMNS);
    root.build();
    section(&mut page, &root, "pledgebook");
    page
}

fn section(page: &mut String, command: &Command, name: &str) {
    let help = command.clone().term_width(COLUMNS).max_term_width(COLUMNS).render_long_help().to_string();
    let help: Vec<&str> = help.lines().map(str::trim_end).collect();
    // Writing to a String cannot fail.
    let _ = write!(page, "\n## `{name}`\n\n```text\n{}\n```\n", help.join("\n").trim_end());
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help" && !sub.is_hide_set()) {
        section(page, sub, &format!("{name} {}", sub.get_name()));
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_reference_of_the_command_line_is_fresh() {
        let path = crate::root().join("docs/cli.md");
        let written = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(written == super::markdown(), "docs/cli.md is stale; run: cargo run -p xtask -- cli");
    }
}
