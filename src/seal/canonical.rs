//! RFC 8785: one text for one value.
//!
//! `serde_json` writes strings and whole numbers as the RFC wants them; only the members of objects
//! have to be put in order. That is done here on the text, in a fraction of the time that the
//! general way takes; what is not that simple goes the general way.

use super::SealError;
use memchr::memchr2;
use serde::Serialize;
use std::ops::Range;

/// The canonical JSON of a value.
///
/// # Errors
/// A value that JSON cannot express.
pub fn canonical<T: Serialize>(value: &T) -> Result<Vec<u8>, SealError> {
    let mut text = Vec::with_capacity(USUAL);
    serde_json::to_writer(&mut text, value).map_err(|_| SealError::Unwritable)?;
    let mut sorted = Vec::with_capacity(text.len());
    let mut sorter = Sorter { text: &text, at: 0 };
    match sorter.value(&mut sorted) {
        Some(()) if sorter.at == text.len() => Ok(sorted),
        _ => serde_json_canonicalizer::to_vec(value).map_err(|_| SealError::Unwritable),
    }
}

/// Room for a usual determination (bytes), so that it does not move while it grows.
const USUAL: usize = 8 * 1024;
/// Room for the members of a usual object.
const MEMBERS: usize = 12;
/// Most digits of a whole number that every reader of JSON reads as it is written.
const DIGITS: usize = 15;

/// Goes once through compact JSON. Each step gives `None` where the text is not of the simple kind.
struct Sorter<'t> {
    text: &'t [u8],
    at: usize,
}

impl<'t> Sorter<'t> {
    fn value(&mut self, into: &mut Vec<u8>) -> Option<()> {
        match self.peek()? {
            b'{' => self.object(into),
            b'[' => self.array(into),
            b'"' => self.string().map(|text| into.extend_from_slice(text)),
            _ => self.word().map(|word| into.extend_from_slice(word)),
        }
    }

    fn object(&mut self, into: &mut Vec<u8>) -> Option<()> {
        let mut members: Vec<(&[u8], Range<usize>)> = Vec::with_capacity(MEMBERS);
        self.at += 1;
        into.push(b'{');
        while self.goes_on(b'}')? {
            let start = into.len();
            let key = self.string().filter(|key| is_plain(key))?;
            self.take(b':')?;
            into.extend_from_slice(key);
            into.push(b':');
            self.value(into)?;
            into.push(b',');
            members.push((key, start..into.len()));
        }
        if !members.is_sorted_by_key(|(key, _)| *key) {
            put_in_order(&mut members, into)?;
        }
        match into.last_mut() {
            Some(comma @ b',') => *comma = b'}',
            _ => into.push(b'}'),
        }
        Some(())
    }

    fn array(&mut self, into: &mut Vec<u8>) -> Option<()> {
        self.at += 1;
        into.push(b'[');
        let start = into.len();
        while self.goes_on(b']')? {
            if into.len() > start {
                into.push(b',');
            }
            self.value(into)?;
        }
        into.push(b']');
        Some(())
    }

    /// Is there another member? Passes the comma before it, or the end.
    fn goes_on(&mut self, end: u8) -> Option<bool> {
        let next = self.peek()?;
        if next == end || next == b',' {
            self.at += 1;
        }
        Some(next != end)
    }

    /// A string with its quotes, as written.
    fn string(&mut self) -> Option<&'t [u8]> {
        let start = self.at;
        self.take(b'"')?;
        loop {
            self.at += memchr2(b'"', b'\\', self.text.get(self.at..)?)?;
            if self.peek()? == b'"' {
                self.at += 1;
                return self.text.get(start..self.at);
            }
            self.at += 2;
        }
    }

    /// `true`, `false`, `null` or a whole number.
    fn word(&mut self) -> Option<&'t [u8]> {
        let rest = self.text.get(self.at..)?;
        let is_end = |b: &u8| matches!(b, b',' | b']' | b'}');
        let len = rest.iter().position(is_end).unwrap_or(rest.len());
        self.at += len;
        let word = rest.get(..len)?;
        let digits = word.strip_prefix(b"-").unwrap_or(word);
        let is_whole = digits.len() <= DIGITS && digits.iter().all(u8::is_ascii_digit);
        let is_simple = is_whole || matches!(word, b"true" | b"false" | b"null");
        is_simple.then_some(word)
    }

    fn take(&mut self, wanted: u8) -> Option<()> {
        (self.peek()? == wanted).then(|| self.at += 1)
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }
}

/// Sorts members that stand at the end of the text, each with the comma behind it.
fn put_in_order(members: &mut [(&[u8], Range<usize>)], text: &mut Vec<u8>) -> Option<()> {
    let first = members.first()?.1.start;
    let as_written = text.split_off(first);
    members.sort_unstable_by_key(|(key, _)| *key);
    for (_, place) in members.iter() {
        let member = as_written.get(place.start - first..place.end - first)?;
        text.extend_from_slice(member);
    }
    Some(())
}

/// The RFC sorts names by their UTF-16 form: for printable ASCII, the order of the bytes. A name that
/// is the start of another comes first, so the quote at the end must not be above what may follow.
fn is_plain(key: &[u8]) -> bool {
    let inside = key.get(1..key.len().saturating_sub(1)).unwrap_or_default();
    let is_plain = |b: &u8| (b'#'..=b'~').contains(b) && *b != b'\\';
    inside.iter().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn general(value: &Value) -> Vec<u8> {
        serde_json_canonicalizer::to_vec(value).unwrap()
    }

    #[test]
    fn the_examples() {
        let cases = [
            (json!({}), "{}"),
            (json!([]), "[]"),
            (json!([[], {}, [1, -2]]), "[[],{},[1,-2]]"),
            (
                json!({"b": 1, "a": {"d": null, "c": true}}),
                r#"{"a":{"c":true,"d":null},"b":1}"#,
            ),
            (
                json!({"ab": 1, "a": 2, "a b": 3}),
                r#"{"a":2,"a b":3,"ab":1}"#,
            ),
            (
                json!("a\"\\\u{7}\u{7f}\né"),
                "\"a\\\"\\\\\\u0007\u{7f}\\né\"",
            ),
            (json!(1.5e300), "1.5e+300"),
            (json!(0.0), "0"),
            (json!(u64::MAX), "18446744073709552000"),
        ];
        for (value, wanted) in cases {
            assert_eq!(
                String::from_utf8(canonical(&value).unwrap()).unwrap(),
                wanted
            );
        }
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            (-999i64..999).prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
            "[a-z\"\\\\\n/]{0,9}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 48, 6, |inner| {
            let name = prop_oneof!["[a-c_ !#~/]{0,4}", any::<String>()];
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map(name, inner, 0..6)
                    .prop_map(|members| members.into_iter().collect()),
            ]
        })
    }

    proptest! {
        #[test]
        fn the_quick_way_gives_what_the_general_way_gives(value in value()) {
            prop_assert_eq!(canonical(&value).unwrap(), general(&value));
        }
    }
}
