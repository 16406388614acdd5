//! Decisions about a partnership: dated facts with an authority and a source. The statuses follow from them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::named_enum;
use crate::value::{FreeText, InvalidValue, Name, PartialDate, Source};

/// A decision that was taken about a partnership.
///
/// A missing date means that nobody knows it; a missing authority or source, that the record does not state it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// What was decided, with the facts that go with it.
    #[serde(flatten)]
    pub act: Act,
    /// From when it holds. For [`Act::Agree`] it stays empty: that day is when the episode began, which is kept once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<PartialDate>,
    /// Who decided: a council, a mayor, a board.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<Name>,
    /// Where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// What a decision decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Act {
    /// A request came in.
    Enquire,
    /// The request is taken up and weighed.
    Assess,
    /// Both sides get to know each other before agreeing.
    Explore,
    /// An agreement stands: the start of an episode.
    Agree {
        /// Position of the episode in the partnership's episodes, from 0.
        episode: usize,
    },
    /// The request is refused.
    Decline {
        /// Why, in words that could be read out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<FreeText>,
    },
    /// The end of the partnership is to be examined.
    Review {
        /// The day by which to decide.
        deadline: NaiveDate,
    },
    /// A plan to bring the partnership back to life is taken up.
    Reawaken {
        /// What is to be done, and by whom.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        plan: Option<FreeText>,
    },
    /// The plan bore fruit: the agreement stands again as before.
    Reawakened,
    /// The partnership is set aside (R13).
    Suspend {
        /// The stated condition for resuming.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        condition: Option<FreeText>,
    },
    /// The suspension is lifted; what was suspended comes back.
    Resume {
        /// On what grounds: how the condition came to be met.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        grounds: Option<FreeText>,
    },
    /// The partnership is ended; the decision's date is the day from which it is.
    Conclude {
        /// Why, in words that could be read out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<FreeText>,
    },
    /// The ended partnership is kept and honoured.
    Honour,
    /// Both sides say again that they stand by it. Renews nothing and changes no status (R14).
    Reaffirm {
        /// What was said, in the words of the declaration.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        statement: Option<FreeText>,
    },
    /// A measure beside the status, such as giving back gifts (R13).
    Measure {
        /// The measure that was decided.
        measure: Measure,
        /// What else was decided about it, in words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<FreeText>,
    },
}

named_enum! {
    /// An [`Act`] without its facts, for errors and columns.
    #[non_exhaustive]
    pub enum ActKind ("a decision") of Act {
        Enquire = "enquire",
        Assess = "assess",
        Explore = "explore",
        Agree = "agree",
        Decline = "decline",
        Review = "review",
        Reawaken = "reawaken",
        Reawakened = "reawakened",
        Suspend = "suspend",
        Resume = "resume",
        Conclude = "conclude",
        Honour = "honour",
        Reaffirm = "reaffirm",
        Measure = "measure",
    }
}

impl Act {
    /// The position of the episode that it began, if it began one.
    #[must_use]
    pub const fn episode(&self) -> Option<usize> {
        if let Self::Agree { episode } = self { Some(*episode) } else { None }
    }
}

/// A measure that goes with a decision but changes no status.
///
/// An open catalogue: a measure this version does not know survives a round trip through storage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[non_exhaustive]
pub enum Measure {
    /// Gifts are to be given back.
    ReturnGifts,
    /// The committee is dissolved.
    DisbandCommittee,
    /// One that this version does not know, in its own word.
    Unlisted(Name),
}

impl Measure {
    /// Its word, as stored and as on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::ReturnGifts => "return_gifts",
            Self::DisbandCommittee => "disband_committee",
            Self::Unlisted(word) => word.as_str(),
        }
    }
}

impl TryFrom<String> for Measure {
    type Error = InvalidValue;

    fn try_from(word: String) -> Result<Self, Self::Error> {
        Ok(match word.as_str() {
            "return_gifts" => Self::ReturnGifts,
            "disband_committee" => Self::DisbandCommittee,
            other => Self::Unlisted(Name::new(other)?),
        })
    }
}

impl From<Measure> for String {
    fn from(measure: Measure) -> Self {
        measure.as_str().to_owned()
    }
}

impl Decision {
    /// A decision about which nothing is known yet but what it decides.
    #[must_use]
    pub fn new(act: Act) -> Self {
        Self { act, on: None, authority: None, source: None }
    }

    /// The decision with the day from which it holds.
    #[must_use]
    pub fn on(mut self, date: PartialDate) -> Self {
        self.on = Some(date);
        self
    }

    /// The decision with who decided.
    #[must_use]
    pub fn by(mut self, authority: Name) -> Self {
        self.authority = Some(authority);
        self
    }

    /// The decision with where it can be read.
    #[must_use]
    pub fn according_to(mut self, source: Source) -> Self {
        self.source = Some(source);
        self
    }
}

impl ActKind {
    /// What a partnership cannot be, when the act is refused: "cannot be suspended".
    #[must_use]
    pub fn done(self) -> &'static str {
        match self {
            Self::Enquire => "enquired about",
            Self::Assess => "assessed",
            Self::Explore => "explored",
            Self::Agree => "agreed",
            Self::Decline => "declined",
            Self::Review => "put under review",
            Self::Reawaken => "given a plan to reawaken",
            Self::Reawakened => "called reawakened",
            Self::Suspend => "suspended",
            Self::Resume => "resumed",
            Self::Conclude => "concluded",
            Self::Honour => "kept as historical",
            Self::Reaffirm => "reaffirmed",
            Self::Measure => "made subject to a measure",
        }
    }
}
