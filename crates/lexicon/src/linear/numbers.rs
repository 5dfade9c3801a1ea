//! The numbers of features and of their parts, which stand for their names in tables of weights. The build script numbers the
//! embedded weights with the same code.

/// The number of a feature, never 0: its parts are taken eight bytes at a time, each with its length, and nothing is joined.
pub(super) fn number<'p>(parts: impl IntoIterator<Item = &'p str>) -> u64 {
    parts.into_iter().fold(0, |number, part| extended(number, number_of(part))).max(1)
}

/// The number of some parts and one more.
#[inline(always)]
pub(super) const fn extended(number: u64, part: u64) -> u64 {
    mixed(number.rotate_left(23) ^ part)
}

/// The number of one part of a feature.
#[inline(always)]
pub const fn number_of(part: &str) -> u64 {
    let part = part.as_bytes();
    let length = part.len() as u64;
    if part.len() > 16 {
        return number_of_long(part);
    }
    if let (Some(first), Some(last)) = (part.first_chunk(), part.last_chunk()) {
        return mixed(u64::from_le_bytes(*first) ^ length) ^ u64::from_le_bytes(*last);
    }
    if let (Some(first), Some(last)) = (part.first_chunk(), part.last_chunk()) {
        let four = u32::from_le_bytes(*first) as u64 | (u32::from_le_bytes(*last) as u64) << 32;
        return four ^ length.rotate_right(8);
    }
    match part {
        [first, .., last] => *first as u64 | (part[1] as u64) << 8 | (*last as u64) << 16 | length << 24,
        [only] => *only as u64 | length << 24,
        [] => 0,
    }
}

const fn number_of_long(part: &[u8]) -> u64 {
    let (mut number, mut rest) = (part.len() as u64, part);
    while let Some((eight, behind)) = rest.split_first_chunk() {
        number = mixed(number ^ u64::from_le_bytes(*eight));
        rest = behind;
    }
    match part.last_chunk() {
        Some(eight) => mixed(number ^ u64::from_le_bytes(*eight)),
        None => number,
    }
}

/// Every bit of the result depends on every bit of `bits`.
#[inline(always)]
const fn mixed(bits: u64) -> u64 {
    let product = (bits ^ 0x9e37_79b9_7f4a_7c15) as u128 * 0xd6e8_feb8_6659_fd93;
    product as u64 ^ (product >> 64) as u64
}
