/// Expands the alternatives of a phrase in a data file: `invest{,s,ed} in` → `invest in`, `invests in`, `invested in`.
/// Braces nest; an unclosed brace is taken as it stands.
pub fn expand(pattern: &str) -> Vec<String> {
    let Some(open) = pattern.find('{') else { return vec![pattern.to_owned()] };
    let mut depth = 0usize;
    let mut cuts = vec![open];
    let mut close = None;
    for (at, c) in pattern.char_indices().skip_while(|(at, _)| *at < open) {
        match c {
            '{' => depth += 1,
            '}' => {
                depth -= 1;
                if depth == 0 {
                    close = Some(at);
                    break;
                }
            }
            ',' if depth == 1 => cuts.push(at),
            _ => {}
        }
    }
    let Some(close) = close else { return vec![pattern.to_owned()] };
    cuts.push(close);
    let mut all = Vec::new();
    for pair in cuts.windows(2) {
        let (from, to) = (pair[0] + 1, pair[1]);
        all.extend(expand(&format!("{}{}{}", &pattern[..open], &pattern[from..to], &pattern[close + 1..])));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::expand;

    #[test]
    fn alternatives_multiply_and_nest() {
        assert_eq!(expand("plain"), ["plain"]);
        assert_eq!(expand("invest{,s,ed} in"), ["invest in", "invests in", "invested in"]);
        assert_eq!(expand("{a,b{c,d}}x"), ["ax", "bcx", "bdx"]);
        assert_eq!(expand("{a,b} {c,d}"), ["a c", "a d", "b c", "b d"]);
        assert_eq!(expand("open{a"), ["open{a"]);
    }
}
