//! The numbers that ids and names are stored as.

/// The 64 bits of an id that is written as 16 hexadecimal digits.
pub(crate) fn bits(id: &str) -> i64 {
    u64::from_str_radix(id, 16).unwrap_or_default().cast_signed()
}

/// The 16 hexadecimal digits of an id.
pub(crate) fn digits(id: i64) -> String {
    format!("{:016x}", id.cast_unsigned())
}

/// The number that a block is stored under.
pub(crate) fn block_number(name: &str) -> i64 {
    let hash = blake3::hash(name.as_bytes());
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&hash.as_bytes()[..8]);
    i64::from_le_bytes(bytes)
}
