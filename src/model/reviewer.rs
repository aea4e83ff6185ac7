//! The reviewer who signs, and what is attested with a signature.

use super::case::Credentials;
use super::profile::Profile;
use serde::{Deserialize, Serialize};

/// Who sits in front of the program. The name stays in the store and never reaches a letter
/// (LC 4610.6(f)).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Reviewer {
    /// Short name for the event log and the screen, e.g. `lee`.
    pub name: String,
    /// Licences and boards, printed in the letter.
    #[serde(flatten)]
    pub credentials: Credentials,
    /// What makes the reviewer eligible; never stored and never printed.
    #[serde(skip)]
    pub profile: Profile,
}

/// The statements a reviewer makes with each signature (domain section 0; LC 139.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attestation {
    /// No affiliation with employer, employee, providers or claims administrator.
    NoAffiliation,
    /// In active practice for five years and at least 24 hours a week.
    ActivePractice,
    /// A licence that is not restricted.
    Licensed,
    /// Same or similar specialty as the dispute.
    SameSpecialty,
}

impl Attestation {
    /// All of them; a signature needs every one.
    pub const ALL: [Self; 4] = [
        Self::NoAffiliation,
        Self::ActivePractice,
        Self::Licensed,
        Self::SameSpecialty,
    ];

    /// As stored and as written in an attestation file.
    pub fn key(self) -> &'static str {
        match self {
            Self::NoAffiliation => "no_affiliation",
            Self::ActivePractice => "active_practice",
            Self::Licensed => "licensed",
            Self::SameSpecialty => "same_specialty",
        }
    }

    /// The sentence the reviewer agrees to.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::NoAffiliation => {
                "I have no affiliation with the employer, employee, providers or claims administrator."
            }
            Self::ActivePractice => {
                "I have been in active practice over five years, now at least 24 hours a week."
            }
            Self::Licensed => "My license is current and not restricted.",
            Self::SameSpecialty => {
                "My specialty is the same as, or similar to, that of the dispute."
            }
        }
    }
}
