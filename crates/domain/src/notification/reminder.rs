//! Which reminders of a due item have come, as of a day.

use chrono::{Days, NaiveDate};

use crate::due::{DueItem, DuePolicy};
use crate::responsible::Responsible;
use crate::value::text_form::text_form;
use crate::value::{InvalidValue, Shape};

/// So many days before the day an owner is reminded again.
const AGAIN_DAYS_BEFORE: u64 = 7;

/// Which reminder of a due item it is. Its text is `listed`, `week_before`, `due`, or `escalated_1` and so on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ReminderStage {
    /// The first: the item came onto the list.
    Listed,
    /// A week before its day.
    WeekBefore,
    /// On its day.
    Due,
    /// It stayed undone, and somebody else is told: by which step of the policy, from 1.
    Escalated(u8),
}

impl std::fmt::Display for ReminderStage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Listed => f.write_str("listed"),
            Self::WeekBefore => f.write_str("week_before"),
            Self::Due => f.write_str("due"),
            Self::Escalated(step) => write!(f, "escalated_{step}"),
        }
    }
}

impl std::str::FromStr for ReminderStage {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        let step = |digits: &str| {
            let plain = digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
            digits.parse().ok().filter(|_| plain).map(Self::Escalated)
        };
        match text {
            "listed" => Some(Self::Listed),
            "week_before" => Some(Self::WeekBefore),
            "due" => Some(Self::Due),
            other => other.strip_prefix("escalated_").and_then(step),
        }
        .ok_or_else(|| InvalidValue::malformed(text, "listed, week_before, due or escalated_1 and so on"))
    }
}

text_form!(
    ReminderStage,
    Shape::pattern(
        "a stage of a reminder: listed, week_before, due or escalated_1 and so on",
        "^(listed|week_before|due|escalated_[1-9][0-9]{0,2})$",
        "week_before"
    )
);

/// A reminder that has come.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "whoever tells both sides changes to whom it goes")]
pub struct Reminder<'a> {
    /// Which it is.
    pub stage: ReminderStage,
    /// The day on which it came, in the host's calendar.
    pub on: NaiveDate,
    /// Who is told; `None` if nobody is named.
    pub to: Option<&'a Responsible>,
}

/// The reminders of an item that have come by a day: the latest to its owner, and each escalation.
///
/// Those to the owner overtake each other: who was not there for a month, or a program that did not run, gets the latest and not three. Whoever knows which
/// reminders were sent already sends the rest, so that each is sent once and none is lost, whatever the clock did.
///
/// ```
/// use sister_cities_domain::due::{DueItem, DueKind, DuePolicy};
/// use sister_cities_domain::id::{DueId, PartnershipId, SeededIds};
/// use sister_cities_domain::notification::{ReminderStage, reminders};
///
/// let partnership = PartnershipId::next(&SeededIds::new(1)).into();
/// let due_on = "2026-12-31".parse()?;
/// let item = DueItem {
///     id: DueId::of(DueKind::AgreementEnding, partnership, due_on),
///     kind: DueKind::AgreementEnding,
///     subject: partnership,
///     partnership: None,
///     committee: None,
///     due_on,
///     owner: None,
///     reason: "The agreement ends.".into(),
///     what_to_do: "Renew it.".into(),
/// };
/// let stages = |day: &str| -> Result<Vec<ReminderStage>, chrono::ParseError> {
///     Ok(reminders(&item, &DuePolicy::default(), day.parse()?).iter().map(|reminder| reminder.stage).collect())
/// };
/// assert_eq!(stages("2026-06-29")?, [], "it is listed half a year before");
/// assert_eq!(stages("2026-06-30")?, [ReminderStage::Listed]);
/// assert_eq!(stages("2026-12-24")?, [ReminderStage::WeekBefore]);
/// assert_eq!(stages("2027-01-30")?, [ReminderStage::Due, ReminderStage::Escalated(1)]);
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[must_use]
pub fn reminders<'a>(item: &'a DueItem, policy: &'a DuePolicy, today: NaiveDate) -> Vec<Reminder<'a>> {
    let listed = policy.rule(item.kind).lead.before(item.due_on);
    let week_before = item.due_on.checked_sub_days(Days::new(AGAIN_DAYS_BEFORE)).unwrap_or(NaiveDate::MIN);
    let own = [
        (ReminderStage::Listed, listed.min(item.due_on)),
        (ReminderStage::WeekBefore, week_before.max(listed)),
        (ReminderStage::Due, item.due_on),
    ];
    let latest = own.into_iter().rfind(|(_, on)| *on <= today);
    let to_owner = latest.map(|(stage, on)| Reminder { stage, on, to: item.owner.as_ref() });
    let escalated = policy.escalation.iter().zip(1_u8..).filter_map(|(step, number)| {
        let on = step.after.after(item.due_on);
        (on <= today).then_some(Reminder { stage: ReminderStage::Escalated(number), on, to: Some(&step.to) })
    });
    to_owner.into_iter().chain(escalated).collect()
}
