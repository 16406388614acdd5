//! What changed between two descriptions of the wire, and which promise it breaks.

use std::fmt;

/// A promise of `docs/stability.md` on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rule {
    /// An operation stays, under its method, path and name.
    OperationStays,
    /// What could be sent can be sent.
    InputIsAccepted,
    /// Nothing has to be sent that had not to be.
    NothingNewIsRequired,
    /// What was always answered is always answered.
    OutputStays,
    /// A type is no narrower where it is sent, and no wider where it is answered.
    TypeStays,
    /// Success keeps its status.
    StatusStays,
    /// What is left out means what it meant.
    DefaultStays,
}

impl Rule {
    #[cfg(test)]
    pub(crate) const ALL: [Self; 7] = [
        Self::OperationStays,
        Self::InputIsAccepted,
        Self::NothingNewIsRequired,
        Self::OutputStays,
        Self::TypeStays,
        Self::StatusStays,
        Self::DefaultStays,
    ];

    /// Its name, as in `docs/stability.md`.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::OperationStays => "operation-stays",
            Self::InputIsAccepted => "input-is-accepted",
            Self::NothingNewIsRequired => "nothing-new-is-required",
            Self::OutputStays => "output-stays",
            Self::TypeStays => "type-stays",
            Self::StatusStays => "status-stays",
            Self::DefaultStays => "default-stays",
        }
    }
}

/// Something that changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    /// The promise it breaks; none if it only adds.
    pub(crate) breaks: Option<Rule>,
    /// Where, as in `create_engagement 201` or `EngagementBody/foci`.
    pub(crate) at: String,
    /// What.
    pub(crate) what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { breaks, at, what } = self;
        match breaks {
            Some(rule) => write!(formatter, "{}: {at}: {what}", rule.as_str()),
            None => write!(formatter, "{at}: {what}"),
        }
    }
}

/// What was found so far.
#[derive(Debug, Default)]
pub(crate) struct Findings(Vec<Finding>);

impl Findings {
    pub(crate) fn breaks(&mut self, rule: Rule, at: &str, what: impl Into<String>) {
        self.add(Some(rule), at, what);
    }

    pub(crate) fn adds(&mut self, at: &str, what: impl Into<String>) {
        self.add(None, at, what);
    }

    fn add(&mut self, breaks: Option<Rule>, at: &str, what: impl Into<String>) {
        self.0.push(Finding { breaks, at: at.to_owned(), what: what.into() });
    }

    /// Each once, in order.
    pub(crate) fn sorted(self) -> Vec<Finding> {
        let mut all = self.0;
        all.sort();
        all.dedup();
        all
    }
}
