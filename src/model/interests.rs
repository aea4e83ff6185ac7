//! Who has a stake in a case, and what the reviewer said of ties to them, LC 139.5.

use super::date::Date;
use super::lint::fingerprint;
use serde::{Deserialize, Serialize};

/// What a party is to the case: those of LC 139.5(d)(5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The employer.
    Employer,
    /// The employer's insurer.
    Insurer,
    /// The claims administrator, its medical provider network included.
    ClaimsAdministrator,
    /// Physician, group or practice association that asks for the treatment.
    Provider,
    /// Where it would be given.
    Facility,
    /// Who developed or makes what is asked for.
    Manufacturer,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Employer,
        Self::Insurer,
        Self::ClaimsAdministrator,
        Self::Provider,
        Self::Facility,
        Self::Manufacturer,
    ];

    /// As shown.
    pub fn words(self) -> &'static str {
        match self {
            Self::Employer => "employer",
            Self::Insurer => "insurer",
            Self::ClaimsAdministrator => "claims administrator",
            Self::Provider => "provider",
            Self::Facility => "facility",
            Self::Manufacturer => "manufacturer",
        }
    }

    /// As typed on the command line.
    pub fn key(self) -> &'static str {
        match self {
            Self::ClaimsAdministrator => "claims-administrator",
            other => other.words(),
        }
    }

    /// Reads [`Role::key`].
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }
}

/// Somebody with a stake in the case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// What it is to the case.
    pub role: Role,
    /// As written.
    pub name: String,
}

/// The reviewer's statement, for this case, that there is no conflict with its parties.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoConflict {
    /// Whose.
    pub who: String,
    /// When.
    pub on: Date,
    /// [`Interests::fingerprint`] of the parties it speaks of: others ask again.
    pub parties: String,
    /// Why what looks like a conflict is none; empty where nothing looks like one.
    #[serde(default)]
    pub reason: String,
}

/// A reviewer who may not decide this case.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recusal {
    /// Who.
    pub who: String,
    /// When.
    pub on: Date,
    /// Why.
    pub reason: String,
}

/// Parties, statements and recusals of a case.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Interests {
    /// In the order entered.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<Party>,
    /// The last statement on conflicts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_conflict: Option<NoConflict>,
    /// At most one of each reviewer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub recusals: Vec<Recusal>,
}

impl Interests {
    /// Stands for the parties as they are now.
    pub fn fingerprint(&self) -> String {
        let words = |p: &Party| [p.role.words().to_owned(), p.name.clone()];
        let words: Vec<String> = self.parties.iter().flat_map(words).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        fingerprint(&words)
    }

    /// The reviewer's statement, if it speaks of the parties as they are now.
    pub fn statement_of(&self, who: &str) -> Option<&NoConflict> {
        let stated = self.no_conflict.as_ref();
        stated.filter(|s| s.who == who && s.parties == self.fingerprint())
    }

    /// The recusal of this reviewer.
    pub fn recusal_of(&self, who: &str) -> Option<&Recusal> {
        self.recusals.iter().find(|recusal| recusal.who == who)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_speaks_of_the_parties_it_knew() {
        let party = |name: &str| Party {
            role: Role::Insurer,
            name: name.to_owned(),
        };
        let mut interests = Interests {
            parties: vec![party("Acme Indemnity")],
            ..Interests::default()
        };
        interests.no_conflict = Some(NoConflict {
            who: "lee".into(),
            on: super::super::date::parse("1/5/2026").unwrap(),
            parties: interests.fingerprint(),
            reason: String::new(),
        });
        assert!(interests.statement_of("lee").is_some());
        assert!(interests.statement_of("kim").is_none());
        interests.parties.push(party("Beta Mutual"));
        assert!(interests.statement_of("lee").is_none());
    }

    #[test]
    fn roles_are_read_as_typed() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.key()), Some(role));
        }
        assert_eq!(serde_json::to_string(&Interests::default()).unwrap(), "{}");
    }
}
