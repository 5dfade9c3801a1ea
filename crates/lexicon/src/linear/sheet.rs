//! A file of weights, as text and as the bytes that the build script makes of an embedded one, so that no start parses numbers.

use super::numbers::number;

/// A file of weights as it is read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sheet {
    pub classes: Vec<String>,
    /// The probability from which a candidate is taken.
    pub threshold: f32,
    /// In the order of their numbers; of equal ones in the order of the file.
    pub rows: Vec<Row>,
    /// Of every row its weight for each class, in hundredths, one after another.
    pub weights: Vec<i16>,
}

/// A feature of a file of weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Row {
    /// The number of the feature.
    pub number: u64,
    /// The number of its first part alone.
    pub first: u64,
    /// The number of the parts behind it.
    pub rest: u64,
}

impl Sheet {
    /// A model that takes nothing.
    pub fn empty() -> Self {
        Self { classes: Vec::new(), threshold: f32::INFINITY, rows: Vec::new(), weights: Vec::new() }
    }

    /// Reads the text of a file: a header `feature,<class>…`, then a row for each feature. The row `threshold` is the probability
    /// from which a candidate is taken.
    ///
    /// # Errors
    /// The line, from 1, and what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, (usize, String)> {
        let mut sheet = Self { threshold: 0.5, ..Self::empty() };
        let mut lines = text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        if let Some((_, header)) = lines.next() {
            sheet.classes = header.split(',').skip(1).map(str::to_owned).collect();
        }
        let mut rows = Vec::new();
        for (line, text) in lines {
            rows.extend(sheet.row(text).map_err(|reason| (line + 1, reason))?);
        }
        rows.sort_by_key(|(row, _)| row.number);
        for (row, weights) in rows {
            sheet.rows.push(row);
            sheet.weights.extend(weights);
        }
        Ok(sheet)
    }

    fn row(&mut self, line: &str) -> Result<Option<(Row, Vec<i16>)>, String> {
        let mut cells = line.split(',');
        let feature = cells.next().unwrap_or_default();
        let weights: Vec<f32> =
            cells.map(|cell| cell.parse::<f32>()).collect::<Result<_, _>>().map_err(|error| error.to_string())?;
        if feature == "threshold" {
            self.threshold = weights.first().copied().unwrap_or(0.5);
            return Ok(None);
        }
        if weights.len() != self.classes.len() {
            return Err("a row needs one number for each class".to_owned());
        }
        let hundredths = |weight: f32| {
            let hundredths = (weight * 100.0).round();
            let fits = (f32::from(i16::MIN)..=f32::from(i16::MAX)).contains(&hundredths);
            fits.then_some(hundredths as i16).ok_or_else(|| "a weight lies between -327 and 327".to_owned())
        };
        let weights = weights.into_iter().map(hundredths).collect::<Result<_, _>>()?;
        let mut parts = feature.split('|');
        let row = Row { number: number(feature.split('|')), first: number(parts.next()), rest: number(parts) };
        Ok(Some((row, weights)))
    }

    /// The bytes that [`Sheet::unpack`] reads: threshold, numbers of classes and rows, the classes, the rows, the weights.
    #[allow(dead_code, reason = "the build script packs, the program unpacks")]
    pub fn pack(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        bytes.extend(self.threshold.to_le_bytes());
        bytes.extend((self.classes.len() as u32).to_le_bytes());
        bytes.extend((self.rows.len() as u32).to_le_bytes());
        for class in &self.classes {
            bytes.extend((class.len() as u32).to_le_bytes());
            bytes.extend(class.as_bytes());
        }
        bytes.extend(self.rows.iter().flat_map(|row| [row.number, row.first, row.rest]).flat_map(u64::to_le_bytes));
        bytes.extend(self.weights.iter().flat_map(|weight| weight.to_le_bytes()));
        bytes
    }

    /// What [`Sheet::pack`] packed; `None` where the bytes are not of its making.
    #[allow(dead_code, reason = "the build script packs, the program unpacks")]
    pub fn unpack(mut bytes: &[u8]) -> Option<Self> {
        let threshold = f32::from_le_bytes(taken(&mut bytes)?);
        let classes = u32::from_le_bytes(taken(&mut bytes)?) as usize;
        let rows = u32::from_le_bytes(taken(&mut bytes)?) as usize;
        let class = |_| {
            let length = u32::from_le_bytes(taken(&mut bytes)?) as usize;
            let (class, rest) = bytes.split_at_checked(length)?;
            bytes = rest;
            Some(std::str::from_utf8(class).ok()?.to_owned())
        };
        let classes: Vec<String> = (0..classes).map(class).collect::<Option<_>>()?;
        let (packed, weights) = bytes.split_at_checked(rows.checked_mul(ROW_BYTES)?)?;
        let row = |row: &[u8; ROW_BYTES]| {
            let mut row = row.as_slice();
            let mut next = || taken(&mut row).map_or(0, u64::from_le_bytes);
            Row { number: next(), first: next(), rest: next() }
        };
        let rows = packed.as_chunks().0.iter().map(row).collect();
        let weights = weights.as_chunks().0.iter().map(|weight| i16::from_le_bytes(*weight)).collect();
        Some(Self { classes, threshold, rows, weights })
    }
}

/// Bytes of a packed row: three numbers.
const ROW_BYTES: usize = 24;

/// The next `N` bytes.
#[inline(always)]
fn taken<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(*taken)
}

#[cfg(test)]
mod tests {
    use super::Sheet;

    #[test]
    fn a_packed_file_is_the_file() {
        let text = "# learnt\nfeature,one,two\nthreshold,0.6\nleft|near,0.5,-1.25\nleft|far,0,2\nalone,3,4\n";
        let sheet = Sheet::parse(text).expect("a right file");
        assert_eq!((sheet.classes.len(), sheet.threshold, sheet.rows.len(), sheet.weights.len()), (2, 0.6, 3, 6));
        assert!(sheet.rows.is_sorted());
        let packed = sheet.pack();
        assert_eq!(Sheet::unpack(&packed), Some(sheet));
        assert_eq!(Sheet::unpack(&packed[..20]), None);
    }

    #[test]
    fn a_wrong_row_is_told_by_its_line() {
        let wrong = |text| Sheet::parse(text).expect_err("a wrong file");
        assert_eq!(wrong("feature,one\n\nleft,1,2\n"), (3, "a row needs one number for each class".to_owned()));
        assert_eq!(wrong("feature,one\nleft,400\n"), (2, "a weight lies between -327 and 327".to_owned()));
        assert_eq!(wrong("feature,one\nleft,much\n").0, 2);
    }
}
