//! The hash chain: each link names the one before it.

use super::{SealError, canonical};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Hex SHA-256 of bytes.
pub fn hash(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
    let pairs = digest.iter().map(|b| [digit(b >> 4), digit(b & 15)]);
    pairs.flatten().collect()
}

/// The hash of one event: SHA-256 over the hash of the event before it, a line end, and the
/// event's canonical JSON. `previous` is the store's genesis hash for the first event.
///
/// # Errors
/// An event that canonical JSON cannot express (a number beyond its range).
pub fn event_hash(previous: &str, event: &Value) -> Result<String, SealError> {
    let body = canonical(event)?;
    let mut linked = Vec::with_capacity(previous.len() + 1 + body.len());
    linked.extend_from_slice(previous.as_bytes());
    linked.push(b'\n');
    linked.extend_from_slice(&body);
    Ok(hash(&linked))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_known_hash() {
        assert_eq!(
            hash(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn order_of_keys_does_not_matter_but_the_link_does() {
        let one: Value = serde_json::from_str(r#"{"a":1,"b":2}"#).unwrap();
        let two: Value = serde_json::from_str(r#"{"b":2,"a":1}"#).unwrap();
        assert_eq!(event_hash("x", &one), event_hash("x", &two));
        assert_ne!(event_hash("x", &one), event_hash("y", &one));
        assert_ne!(event_hash("x", &one), event_hash("x", &json!({"a":1})));
    }
}
