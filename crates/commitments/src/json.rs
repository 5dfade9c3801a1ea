//! Writing JSON as serde_json does, byte for byte, and faster: strings, which are most of it, are looked through eight bytes at a time.

use serde::ser::{self, Serialize};
use serde_json::Error;

/// The name under which serde_json hands on a number that is kept as its digits.
const DIGITS: &str = "$serde_json::private::Number";

/// Writes a value behind what is there, on one line.
///
/// # Errors
/// Where the value refuses, or where a map has keys that are no text; what was written until then stays.
pub fn write_json<T: Serialize + ?Sized>(out: &mut Vec<u8>, value: &T) -> Result<(), Error> {
    value.serialize(Writer(out))
}

struct Writer<'o>(&'o mut Vec<u8>);

/// A list, map or variant that is open: what closes it, and whether nothing stands in it yet.
struct Open<'o> {
    out: &'o mut Vec<u8>,
    end: &'static [u8],
    empty: bool,
}

/// A structure: an object, or a number that is kept as its digits.
enum Fields<'o> {
    Object(Open<'o>),
    Digits(&'o mut Vec<u8>),
}

impl<'o> Writer<'o> {
    fn put(self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// A value that serde_json writes best itself.
    fn plain<T: Serialize>(self, value: T) -> Result<(), Error> {
        serde_json::to_writer(self.0, &value)
    }

    fn open(self, start: u8, end: &'static [u8]) -> Open<'o> {
        self.0.push(start);
        Open { out: self.0, end, empty: true }
    }

    /// The only key of a variant.
    fn variant(self, name: &str) -> Self {
        self.0.push(b'{');
        string(self.0, name);
        self.0.push(b':');
        self
    }
}

impl Open<'_> {
    fn next(&mut self) -> Writer<'_> {
        if !std::mem::take(&mut self.empty) {
            self.out.push(b',');
        }
        Writer(self.out)
    }

    fn close(self) {
        self.out.extend_from_slice(self.end);
    }
}

/// Whether any of eight bytes is a control character, a quote or a backslash.
fn any_escaped(bytes: [u8; 8]) -> bool {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let word = u64::from_le_bytes(bytes);
    // A byte below another one borrows its highest bit.
    let below = |word: u64, least: u64| word.wrapping_sub(EACH * least) & !word & HIGH;
    below(word, 0x20) | below(word ^ (EACH * u64::from(b'"')), 1) | below(word ^ (EACH * u64::from(b'\\')), 1) != 0
}

/// A string with its quotes.
fn string(out: &mut Vec<u8>, text: &str) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let bytes = text.as_bytes();
    let is_escaped = |byte: &u8| *byte < 0x20 || matches!(byte, b'"' | b'\\');
    // The last eight are looked at whole too, though some of them were before.
    let escapes = match bytes.last_chunk::<8>() {
        Some(last) => any_escaped(*last) || bytes.as_chunks::<8>().0.iter().any(|chunk| any_escaped(*chunk)),
        None => bytes.iter().any(is_escaped),
    };
    out.reserve(bytes.len() + 2);
    out.push(b'"');
    if !escapes {
        out.extend_from_slice(bytes);
        out.push(b'"');
        return;
    }
    for byte in bytes.iter().copied() {
        match byte {
            b'"' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            0x08 => out.extend_from_slice(b"\\b"),
            0x0c => out.extend_from_slice(b"\\f"),
            0..0x20 => {
                let digits = [HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]];
                out.extend_from_slice(b"\\u00");
                out.extend_from_slice(&digits);
            }
            _ => out.push(byte),
        }
    }
    out.push(b'"');
}

/// Numbers are written by serde_json.
macro_rules! plain {
    ($($name:ident: $kind:ty),*) => {
        $(fn $name(self, value: $kind) -> Result<(), Error> {
            self.plain(value)
        })*
    };
}

impl<'o> ser::Serializer for Writer<'o> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Open<'o>;
    type SerializeTuple = Open<'o>;
    type SerializeTupleStruct = Open<'o>;
    type SerializeTupleVariant = Open<'o>;
    type SerializeMap = Open<'o>;
    type SerializeStruct = Fields<'o>;
    type SerializeStructVariant = Open<'o>;

    plain!(
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64, serialize_i128: i128,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_u128: u128,
        serialize_f32: f32, serialize_f64: f64, serialize_char: char, serialize_bytes: &[u8]
    );

    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        self.put(if value { b"true" } else { b"false" });
        Ok(())
    }

    fn serialize_str(self, value: &str) -> Result<(), Error> {
        string(self.0, value);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.put(b"null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Error> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        let writer = self.variant(variant);
        value.serialize(Writer(writer.0))?;
        writer.put(b"}");
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Open<'o>, Error> {
        Ok(self.open(b'[', b"]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Open<'o>, Error> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Open<'o>, Error> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Open<'o>, Error> {
        Ok(self.variant(variant).open(b'[', b"]}"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Open<'o>, Error> {
        Ok(self.open(b'{', b"}"))
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Fields<'o>, Error> {
        Ok(if name == DIGITS { Fields::Digits(self.0) } else { Fields::Object(self.open(b'{', b"}")) })
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Open<'o>, Error> {
        Ok(self.variant(variant).open(b'{', b"}}"))
    }
}

impl ser::SerializeSeq for Open<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(self.next())
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}

impl ser::SerializeTuple for Open<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(self.next())
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}

impl ser::SerializeTupleStruct for Open<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(self.next())
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}

impl ser::SerializeTupleVariant for Open<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(self.next())
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}

impl ser::SerializeMap for Open<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        let writer = self.next();
        let start = writer.0.len();
        key.serialize(Writer(writer.0))?;
        match writer.0.get(start) {
            Some(b'"') => Ok(()),
            _ => Err(ser::Error::custom("a key is no text")),
        }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.out.push(b':');
        value.serialize(Writer(self.out))
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}

impl ser::SerializeStruct for Fields<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Error> {
        match self {
            Self::Object(open) => ser::SerializeStructVariant::serialize_field(open, key, value),
            Self::Digits(out) => {
                let start = out.len();
                value.serialize(Writer(out))?;
                // Digits, signs, a point: nothing in the string was escaped.
                out.pop();
                out.remove(start);
                Ok(())
            }
        }
    }

    fn end(self) -> Result<(), Error> {
        if let Self::Object(open) = self {
            open.close();
        }
        Ok(())
    }
}

impl ser::SerializeStructVariant for Open<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Error> {
        string(self.next().0, key);
        self.out.push(b':');
        value.serialize(Writer(self.out))
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::write_json;
    use pledgebook_claims::Claim;
    use serde::Serialize;
    use std::collections::BTreeMap;

    #[derive(Serialize)]
    enum Sort {
        Bare,
        One(f32),
        Two(i64, char),
        Named { slot: Option<u8> },
    }

    #[derive(Serialize)]
    struct All<'t> {
        text: &'t str,
        list: Vec<Sort>,
        map: BTreeMap<String, (bool, ())>,
        figure: serde_json::Number,
        bytes: [u8; 2],
        wide: (f64, f64, i128, &'t [u8]),
        none: Vec<u8>,
    }

    fn same<T: Serialize>(value: &T) {
        let mut own = b"before".to_vec();
        write_json(&mut own, value).unwrap();
        assert_eq!(String::from_utf8(own).unwrap()[6..], serde_json::to_string(value).unwrap());
    }

    #[test]
    fn it_is_what_serde_json_writes() {
        let every: String = ('\0'..='\u{ff}').chain("…€ \u{2028}\u{1f600}".chars()).collect();
        for start in 0..every.chars().count() {
            for length in 0..18 {
                let text: String = every.chars().skip(start).take(length).collect();
                same(&text);
            }
        }
        let list = vec![Sort::Bare, Sort::One(0.1), Sort::Two(-7, '"'), Sort::Named { slot: None }];
        let map = [("a\"b".to_owned(), (true, ())), (String::new(), (false, ()))].into();
        let figure = serde_json::from_str("1234567890123456789012345.50").unwrap();
        let wide = (1e300, f64::NAN, i128::MIN, [1u8, 2].as_slice());
        same(&All { text: &every, list, map, figure, bytes: [0, 255], wide, none: Vec::new() });
    }

    #[test]
    fn claims_are_written_as_documented() {
        let told = r#"{"kind":"pledge","by":["Acme \"A\""],"place":[],"domains":["ai"],"money":{"min":1500000000.5,"max":null,
            "currency":"EUR","qualifier":"at_least"},"restated":[],"things":[],"until":null,"stage":"planned","sources":["x"],
            "evidence":"a\nb","span":[3,6],"aliases":{"Acme":["A"]},"rule":"r@1","confidence":0.7}"#;
        same(&serde_json::from_str::<Claim>(told).unwrap());
    }

    #[test]
    fn keys_are_texts() {
        assert!(write_json(&mut Vec::new(), &BTreeMap::from([(1, 2)])).is_err());
    }
}
