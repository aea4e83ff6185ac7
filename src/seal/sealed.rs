//! A sealed determination.

use super::{SealError, canonical, hash};
use crate::model::{CaseId, Content};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The one format this program writes and reads.
pub const FORMAT: u64 = 1;

/// A determination as sealed: its bytes, their hash, and what they say. Immutable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    bytes: Vec<u8>,
    hash: String,
    body: Body,
}

/// What the bytes spell out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    format: u64,
    case: CaseId,
    sealed_at: Timestamp,
    previous: Option<String>,
    content: Content,
}

impl Sealed {
    /// The canonical JSON, to be kept verbatim.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Hex SHA-256 of [`Sealed::bytes`].
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// What was determined.
    pub fn content(&self) -> &Content {
        &self.body.content
    }

    /// Of which case.
    pub fn case(&self) -> &CaseId {
        &self.body.case
    }

    /// When.
    pub fn sealed_at(&self) -> Timestamp {
        self.body.sealed_at
    }

    /// Are these the very bytes, and do they say what was sealed? ([`read`] also asks whether they
    /// are canonical, which the bytes of a `Sealed` are.)
    pub fn reads_back(&self, bytes: &[u8]) -> bool {
        bytes == self.bytes && body(bytes).is_ok_and(|body| body == self.body)
    }

    /// Hash of the determination sealed before this one in the same store, of whatever case.
    pub fn previous(&self) -> Option<&str> {
        self.body.previous.as_deref()
    }
}

/// Seals a content. `previous` is the hash of the determination sealed last in the same store.
///
/// # Errors
/// [`SealError::Unwritable`], which the types of `model` give no cause for.
pub fn seal(
    content: Content,
    case: &CaseId,
    at: Timestamp,
    previous: Option<&str>,
) -> Result<Sealed, SealError> {
    let body = Body {
        format: FORMAT,
        case: case.clone(),
        sealed_at: at,
        previous: previous.map(str::to_owned),
        content,
    };
    let bytes = canonical(&body)?;
    let hash = hash(&bytes);
    Ok(Sealed { bytes, hash, body })
}

/// Reads sealed bytes back. What is returned spells exactly these bytes.
///
/// # Errors
/// Another format, another text for the same content, anything before or after it.
pub fn read(bytes: &[u8]) -> Result<Sealed, SealError> {
    let body = body(bytes)?;
    if canonical(&body)? != bytes {
        return Err(SealError::NotCanonical);
    }
    Ok(Sealed {
        bytes: bytes.to_vec(),
        hash: hash(bytes),
        body,
    })
}

fn body(bytes: &[u8]) -> Result<Body, SealError> {
    match serde_json::from_slice(bytes) {
        Ok(Body { format, .. }) if format != FORMAT => Err(SealError::UnknownFormat(format)),
        Ok(body) => Ok(body),
        Err(_) => {
            refuse_other_formats(bytes)?;
            Err(SealError::Unreadable)
        }
    }
}

/// A later format may have other fields, and deserves its own message.
fn refuse_other_formats(bytes: &[u8]) -> Result<(), SealError> {
    #[derive(Deserialize)]
    struct Format {
        format: u64,
    }
    let found: Format = serde_json::from_slice(bytes).map_err(|_| SealError::Unreadable)?;
    match found.format {
        FORMAT => Ok(()),
        other => Err(SealError::UnknownFormat(other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        Citation, Credentials, DecidedItem, Decision, Header, ListedRecord, PageRange, Patient,
        Rank, Sex, Source,
    };
    use proptest::prelude::*;

    fn text() -> impl Strategy<Value = String> {
        "[a-zA-Z0-9 .,\"\\\\/\n\u{e9}\u{20ac}\u{1f600}\u{fb33}-]{0,40}"
    }

    fn citation() -> impl Strategy<Value = Citation> {
        (text(), 1u32..900, 0u32..9, any::<bool>()).prop_map(|(text, first, more, mtus)| Citation {
            text,
            source: if mtus { Source::Mtus } else { Source::Other },
            chapter: mtus.then_some(8),
            title: None,
            section: Some("Special Studies".into()),
            pages: vec![PageRange::new(first, first + more).unwrap()],
            year: Some(2004),
            mtus,
            rank: Some(Rank::A),
        })
    }

    fn item() -> impl Strategy<Value = DecidedItem> {
        (
            text(),
            text(),
            any::<bool>(),
            prop::collection::vec(citation(), 0..3),
        )
            .prop_map(|(request, rationale, upheld, citations)| DecidedItem {
                request,
                ur_text: Some(rationale.clone()),
                ur_approved_part: None,
                decision: if upheld {
                    Decision::Upheld
                } else {
                    Decision::Overturned
                },
                citations,
                rationale,
            })
    }

    fn content() -> impl Strategy<Value = Content> {
        (
            text(),
            prop::collection::vec(item(), 1..4),
            prop::option::of(0u8..120),
        )
            .prop_map(|(summary, items, age)| Content {
                organisation: "Example Review".into(),
                header: Header {
                    number: "CM14-0012345".parse().ok(),
                    injury_date: jiff::civil::Date::new(2008, 10, 8).ok(),
                    ..Header::default()
                },
                patient: Patient {
                    age,
                    sex: Some(Sex::Female),
                },
                credentials: Credentials::default(),
                summary,
                items,
                records: vec![ListedRecord {
                    title: "Progress report".into(),
                    kind: "PR-2".into(),
                    date: None,
                    pages: 3,
                }],
                records_reason: None,
                replaces: None,
            })
    }

    fn sealed(content: Content) -> Sealed {
        let case = CaseId::typed("CM14-0012345");
        seal(content, &case, Timestamp::UNIX_EPOCH, Some("ab")).unwrap()
    }

    proptest! {
        #[test]
        fn reads_back_what_was_sealed(content in content()) {
            let made = sealed(content.clone());
            let again = read(made.bytes()).unwrap();
            prop_assert_eq!(&again, &made);
            prop_assert!(made.reads_back(made.bytes()));
            prop_assert_eq!(again.content(), &content);
            prop_assert_eq!(again.previous(), Some("ab"));
        }

        #[test]
        fn any_flipped_bit_changes_the_hash(content in content(), at in any::<prop::sample::Index>(), bit in 0u8..8) {
            let made = sealed(content);
            let mut bytes = made.bytes().to_vec();
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
            prop_assert_ne!(hash(&bytes), made.hash());
            prop_assert!(!made.reads_back(&bytes));
            if let Ok(other) = read(&bytes) {
                prop_assert_ne!(other, made);
            }
        }

        #[test]
        fn reading_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            let _ = read(&bytes);
        }
    }

    fn sample() -> String {
        let mut runner = proptest::test_runner::TestRunner::deterministic();
        let tree = content().new_tree(&mut runner).unwrap();
        String::from_utf8(
            sealed(proptest::strategy::ValueTree::current(&tree))
                .bytes()
                .to_vec(),
        )
        .unwrap()
    }

    #[test]
    fn one_text_only() {
        let good = sample();
        assert!(read(good.as_bytes()).is_ok());
        let cases = [
            (
                good.replacen("\"format\":1", "\"format\":2", 1),
                SealError::UnknownFormat(2),
            ),
            (
                good.replacen("\"format\":1", "\"format\": 1", 1),
                SealError::NotCanonical,
            ),
            (
                good.replacen("\"format\":1", "\"format\":1,\"more\":1", 1),
                SealError::Unreadable,
            ),
            (
                good.replacen("\"header\":{", "\"header\":{\"more\":1,", 1),
                SealError::NotCanonical,
            ),
            (format!("{good} "), SealError::NotCanonical),
            (format!("{good}{{}}"), SealError::Unreadable),
            (good[..good.len() - 1].to_owned(), SealError::Unreadable),
            (String::new(), SealError::Unreadable),
        ];
        for (bytes, want) in cases {
            assert_eq!(read(bytes.as_bytes()).unwrap_err(), want, "{bytes}");
        }
    }
}
