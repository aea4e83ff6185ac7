//! What makes a physician eligible to review, LC 139.5(d)(4): licences, boards, practice, ties.
//! The reviewer's own; none of it reaches a letter but states and boards.

use super::date::Date;

/// A licence to practise.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Licence {
    /// Which state.
    pub state: String,
    /// Its number; never printed.
    pub number: String,
    /// Last day on which it is good; `None`: not said.
    pub expires: Option<Date>,
    /// Is it restricted, on probation or suspended?
    pub is_restricted: bool,
}

/// A board certification.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Board {
    /// As a letter prints it.
    pub name: String,
    /// Last day on which it is good; `None`: it does not end.
    pub until: Option<Date>,
}

/// What the profile says beside name and credentials.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Profile {
    /// Licences.
    pub licences: Vec<Licence>,
    /// Board certifications.
    pub boards: Vec<Board>,
    /// Hours of active practice a week.
    pub hours: Option<u32>,
    /// Years of active practice.
    pub years: Option<u32>,
    /// Is the reviewer a Qualified Medical Evaluator? Those review nothing since 2014.
    pub is_qme: bool,
    /// Whom the reviewer works for, with or owns more than 5 % of; spouse's and children's too.
    pub affiliations: Vec<String>,
}
