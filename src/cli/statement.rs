//! The attestation file: how a determination is signed without a terminal.
//!
//! ```toml
//! hash = "…"                 # of what is to be signed; `imr sign CASE --dry-run` prints it
//! no_affiliation = true      # one line for each statement
//! ```

use super::outcome::refuse;
use crate::model::{Attestation, CaseId, Content};
use crate::settings::problem;
use anyhow::{Context, anyhow};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Largest attestation file, bytes.
const MAX_BYTES: u64 = 64 * 1024;

/// What an attestation file says.
#[derive(Debug)]
pub struct Statement {
    hash: Option<String>,
    made: BTreeSet<Attestation>,
}

/// The hash of what would be signed: hex SHA-256 of its canonical JSON. The day of signing is no
/// part of it, so that a file made in the evening still signs after midnight.
pub fn hash(mut content: Content) -> anyhow::Result<String> {
    content.header.decided_date = None;
    let bytes = serde_json_canonicalizer::to_vec(&content)?;
    let digest = Sha256::digest(bytes);
    Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// A file to fill in: the hash, and every statement still `false`.
pub fn template(case: &CaseId, hash: &str) -> String {
    let mut out = format!("# Determination of {case}, as it stands now.\nhash = \"{hash}\"\n");
    for attestation in Attestation::ALL {
        let (key, sentence) = (attestation.key(), attestation.sentence());
        out.push_str(&format!("\n# {sentence}\n{key} = false\n"));
    }
    out
}

/// Reads an attestation file.
///
/// # Errors
/// It cannot be read, or says anything but a hash and statements.
pub fn read(path: &Path) -> anyhow::Result<Statement> {
    let what = || format!("cannot read {}", path.display());
    let mut text = String::new();
    let file = File::open(path).with_context(what)?;
    file.take(MAX_BYTES)
        .read_to_string(&mut text)
        .with_context(what)?;
    parse(&text).with_context(|| path.display().to_string())
}

fn parse(text: &str) -> anyhow::Result<Statement> {
    let table: BTreeMap<String, toml::Value> = toml::from_str(text)?;
    let mut statement = Statement {
        hash: None,
        made: BTreeSet::new(),
    };
    let valid: Vec<&str> = std::iter::once("hash")
        .chain(Attestation::ALL.map(Attestation::key))
        .collect();
    for (key, value) in &table {
        let attestation = Attestation::ALL.into_iter().find(|a| a.key() == key);
        match (attestation, value) {
            (Some(attestation), toml::Value::Boolean(true)) => {
                statement.made.insert(attestation);
            }
            (Some(_), toml::Value::Boolean(false)) => {}
            (Some(_), _) => return Err(anyhow!("{key} takes true or false")),
            (None, toml::Value::String(hash)) if key == "hash" => {
                statement.hash = Some(hash.trim().to_lowercase());
            }
            _ => return Err(anyhow!(problem::unknown("key", key, &valid))),
        }
    }
    Ok(statement)
}

impl Statement {
    /// What was attested, where it is everything, and of this very determination.
    ///
    /// # Errors
    /// A statement not made, or a hash that is missing or of something else (refused).
    pub fn check(self, hash: &str) -> anyhow::Result<BTreeSet<Attestation>> {
        let missing = Attestation::ALL
            .into_iter()
            .find(|a| !self.made.contains(a));
        if let Some(attestation) = missing {
            return refuse(format!(
                "{} is not attested: {} Nothing was signed.",
                attestation.key(),
                attestation.sentence()
            ));
        }
        match self.hash.as_deref() {
            Some(said) if said == hash => Ok(self.made),
            Some(_) => refuse(
                "The hash is not that of the determination as it stands now: something changed \
                 since it was printed. Nothing was signed; read it again and print a new one.",
            ),
            None => refuse("The attestation file has no hash. Nothing was signed."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::outcome::Refused;

    fn case() -> CaseId {
        CaseId::typed("CM25-0200101")
    }

    #[test]
    fn a_new_file_attests_nothing() {
        let statement = parse(&template(&case(), "ab")).unwrap();
        let error = statement.check("ab").unwrap_err();
        assert!(error.is::<Refused>() && error.to_string().contains("no_affiliation"));
    }

    #[test]
    fn every_statement_and_the_hash_are_needed() {
        let all = template(&case(), "ab").replace("false", "true");
        assert_eq!(parse(&all).unwrap().check("ab").unwrap().len(), 4);
        assert!(parse(&all).unwrap().check("cd").is_err());
        for attestation in Attestation::ALL {
            let one_less = all.replace(
                &format!("{} = true", attestation.key()),
                &format!("{} = false", attestation.key()),
            );
            assert!(parse(&one_less).unwrap().check("ab").is_err());
        }
        let without = all.replace("hash = \"ab\"", "");
        assert!(parse(&without).unwrap().check("ab").is_err());
    }

    #[test]
    fn anything_else_is_an_error() {
        for text in [
            "hash = 3",
            "no_affilation = true",
            "licensed = \"yes\"",
            "= 3",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
