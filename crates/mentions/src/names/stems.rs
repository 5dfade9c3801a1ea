//! Stems: words without the endings that their language adds for case.

/// The endings of a language, in the order of their last bytes, so that only those are tried that may fit.
#[derive(Debug, Default)]
pub struct Stems {
    /// Of those with the same last byte the longest first: the first that fits is the right one.
    endings: Vec<Ending>,
    /// For each last byte where its endings begin; then their number.
    from: Vec<u16>,
    /// The shortest stem that endings are cut from, in letters.
    shortest: usize,
}

#[derive(Debug)]
struct Ending {
    ending: Box<str>,
    /// Its last four bytes, as [`tail`] tells them, and which of these it has.
    tail: u32,
    mask: u32,
}

impl Ending {
    fn new(ending: String) -> Self {
        let mask = u32::MAX.checked_shl(u32::BITS.saturating_sub(8 * ending.len() as u32)).unwrap_or(0);
        Self { tail: tail(&ending), mask, ending: ending.into() }
    }
}

/// The last four bytes of a word, the last one first, zeros where it has fewer.
#[inline]
fn tail(word: &str) -> u32 {
    match word.as_bytes().last_chunk() {
        Some(four) => u32::from_le_bytes(*four),
        None => word.bytes().rev().zip([24, 16, 8]).fold(0, |tail, (byte, shift)| tail | u32::from(byte) << shift),
    }
}

impl Stems {
    pub fn new(mut endings: Vec<String>, shortest: usize) -> Self {
        if endings.is_empty() {
            return Self { shortest, ..Self::default() };
        }
        let last = |ending: &str| ending.bytes().last();
        endings.sort_by_key(|ending| (last(ending), std::cmp::Reverse(ending.len())));
        let from = (0..=256u16).map(|byte| {
            endings.partition_point(|ending| last(ending).is_some_and(|last| u16::from(last) < byte)) as u16
        });
        Self { from: from.collect(), endings: endings.into_iter().map(Ending::new).collect(), shortest }
    }

    /// The bits of the first four bytes of a word, the first of them lowest, that are surely also those of its stem.
    pub fn kept(&self) -> u32 {
        let bytes = if self.endings.is_empty() { 4 } else { self.shortest.min(4) };
        u32::MAX.checked_shr(u32::BITS - 8 * bytes as u32).unwrap_or(0)
    }

    /// A folded word without its ending.
    pub fn cut<'w>(&self, folded: &'w str) -> &'w str {
        let Some(last) = folded.as_bytes().last().map(|last| usize::from(*last)) else { return folded };
        let Some([from, to]) = self.from.get(last..last + 2) else { return folded };
        let fitting = &self.endings[usize::from(*from)..usize::from(*to)];
        let tail = tail(folded);
        let mut stems = fitting
            .iter()
            .filter(|ending| tail & ending.mask == ending.tail)
            .filter_map(|ending| folded.strip_suffix(&*ending.ending));
        stems
            .find(|stem| self.shortest.checked_sub(1).is_none_or(|last| stem.chars().nth(last).is_some()))
            .unwrap_or(folded)
    }
}

#[cfg(test)]
mod tests {
    use super::Stems;

    #[test]
    fn the_longest_ending_that_leaves_a_stem_is_cut() {
        let stems = Stems::new(["s", "es", "ого", "о"].map(str::to_owned).to_vec(), 4);
        assert_eq!(stems.cut("landes"), "land");
        assert_eq!(stems.cut("lands"), "land");
        assert_eq!(stems.cut("aides"), "aide");
        assert_eq!(stems.cut("des"), "des");
        assert_eq!(stems.cut("львівського"), "львівськ");
        assert_eq!(stems.cut("дніпро"), "дніпр");
        assert_eq!(stems.cut(""), "");
        assert_eq!(Stems::new(Vec::new(), 0).cut("lands"), "lands");
    }
}
