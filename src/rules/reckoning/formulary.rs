//! The status of a drug in the MTUS drug formulary, 8 CCR 9792.27.15: what the reviewer noted;
//! until then, what our own short list holds it to be, which is not verified and says so.

use super::Reckoned;
use crate::model::{CaseFile, Formulary, Request};

/// Common drugs by generic name, from memory of the list in force since 2018: not verified, and no
/// ground for a decision.
#[rustfmt::skip]
static LIST: &[(Formulary, &[&str])] = &[
    (Formulary::Exempt, &["acetaminophen", "aspirin", "diclofenac", "etodolac", "ibuprofen", "ketoprofen", "meloxicam", "nabumetone",
        "naproxen", "omeprazole"]),
    (Formulary::NonExempt, &["alprazolam", "baclofen", "buprenorphine", "carisoprodol", "clonazepam", "codeine", "cyclobenzaprine", "diazepam",
        "fentanyl", "hydrocodone", "hydromorphone", "lorazepam", "metaxalone", "methadone", "methocarbamol", "morphine", "orphenadrine",
        "oxycodone", "oxymorphone", "tapentadol", "tizanidine", "tramadol"]),
];

/// What our own list holds a drug to be; not verified.
pub fn listed(generic: &str) -> Option<Formulary> {
    let words = || generic.split(|c: char| !c.is_ascii_alphabetic());
    let has = |name: &&str| words().any(|word| word == *name);
    // Of a combination, the part that needs review decides.
    let found = LIST.iter().rev().find(|(_, names)| names.iter().any(&has));
    found.map(|(status, _)| *status)
}

/// The line of one item that asks for drugs.
pub(super) fn line(file: &CaseFile, requests: &[Request], item: usize) -> Option<Reckoned> {
    let drugs = &requests.get(item).filter(|r| !r.drugs.is_empty())?.drugs;
    let own = file.draft.items.get(item)?.noted.formulary;
    let text = match own {
        Some(status) => format!("{} (noted)", status.word()),
        None => {
            let held = drugs.iter().filter_map(|drug| {
                let status = listed(drug.generic.unwrap_or(&drug.name))?;
                Some(format!("{} perhaps {}", drug.name, status.word()))
            });
            let held: Vec<String> = held.collect();
            match held.is_empty() {
                true => "not noted".to_owned(),
                false => format!("not noted; {} (own list, not verified)", held.join(", ")),
            }
        }
    };
    Some(Reckoned {
        label: "Formulary",
        text,
        asks: own.is_none(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::dependents::tests::file;
    use super::*;
    use crate::model::request::Drug;

    #[test]
    fn a_combination_is_as_its_part_that_needs_review() {
        assert_eq!(
            listed("hydrocodone/acetaminophen"),
            Some(Formulary::NonExempt)
        );
        assert_eq!(listed("acetaminophen"), Some(Formulary::Exempt));
        assert_eq!(listed("sildenafil"), None);
    }

    #[test]
    fn what_is_noted_stands_alone_and_what_is_held_says_so() {
        let drug = Drug {
            name: "motrin".into(),
            generic: Some("ibuprofen"),
            class: None,
            strength: None,
        };
        let requests = [Request {
            drugs: vec![drug],
            ..Request::default()
        }];
        let mut file = file(&["Motrin"]);
        let asked = line(&file, &requests, 0).unwrap();
        assert!(
            asked.asks
                && asked
                    .text
                    .contains("motrin perhaps Exempt (own list, not verified)")
        );
        file.draft.items[0].noted.formulary = Some(Formulary::Unlisted);
        let said = line(&file, &requests, 0).unwrap();
        assert_eq!((said.text.as_str(), said.asks), ("Unlisted (noted)", false));
        assert_eq!(line(&file, &[Request::default()], 0), None);
    }
}
