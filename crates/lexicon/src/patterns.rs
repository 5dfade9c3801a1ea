/// Expands the alternatives of a phrase in a data file: `invest{,s,ed} in` → `invest in`, `invests in`, `invested in`.
/// Braces nest; an unclosed brace is taken as it stands.
pub fn expand(pattern: &str) -> Vec<String> {
    let mut all = Vec::new();
    each_form(pattern, &mut |form| all.push(form.to_owned()));
    all
}

/// The same one after another, for the tables of thousands of phrases that every start compiles.
pub fn each_form(pattern: &str, each: &mut dyn FnMut(&str)) {
    let Some(open) = pattern.find('{') else { return each(pattern) };
    let Some(close) = closing(pattern, open) else { return each(pattern) };
    let mut form = String::with_capacity(pattern.len());
    let mut from = open + 1;
    let mut depth = 0usize;
    for (at, byte) in pattern.bytes().enumerate().take(close + 1).skip(from) {
        match byte {
            b'{' => depth += 1,
            b'}' if at < close => depth -= 1,
            b',' | b'}' if depth == 0 => {
                form.clear();
                form.extend([&pattern[..open], &pattern[from..at], &pattern[close + 1..]]);
                each_form(&form, each);
                from = at + 1;
            }
            _ => {}
        }
    }
}

/// Where the brace that opens at `open` is closed.
fn closing(pattern: &str, open: usize) -> Option<usize> {
    let mut depth = 0usize;
    for (at, byte) in pattern.bytes().enumerate().skip(open) {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 1 => return Some(at),
            b'}' => depth -= 1,
            _ => {}
        }
    }
    None
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
