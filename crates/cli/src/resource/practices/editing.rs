//! Changing what is known of a practice.

use clap::Args;
use sister_cities_client::api::AsText;
use sister_cities_client::api::domain::practice::Topic;
use sister_cities_client::api::domain::value::{FreeText, Money, PartialDate, Source, Title};
use sister_cities_client::api::practice::{PracticeBody, PracticeCostBody};

use crate::args::parameter;
use crate::resource::editing::Cleared;

/// What may be known of a practice.
#[derive(Args, Debug)]
#[group(skip)]
pub(super) struct PracticeFacts {
    /// The problem that it meets
    #[arg(long, value_name = "TEXT", value_parser = parameter::<FreeText>)]
    problem: Option<FreeText>,
    /// What is done about it
    #[arg(long, value_name = "TEXT", value_parser = parameter::<FreeText>)]
    approach: Option<FreeText>,
    /// What shows that it works
    #[arg(long, value_name = "TEXT", value_parser = parameter::<FreeText>)]
    evidence: Option<FreeText>,
    /// How much it takes, such as "25000.00 USD"
    #[arg(long, value_name = "AMOUNT", value_parser = parameter::<Money>)]
    cost: Option<Money>,
    /// What for, per what, and what it takes besides money
    #[arg(long, value_name = "TEXT", value_parser = parameter::<FreeText>)]
    cost_words: Option<FreeText>,
    /// What it is about, such as workforce, in place of what is known; give it several times
    #[arg(long = "topic", value_name = "TOPIC", value_parser = parameter::<Topic>)]
    topics: Vec<Topic>,
    /// Since when it is done: 2004, 2004-05 or 2004-05-17
    #[arg(long, value_name = "DATE", value_parser = parameter::<PartialDate>)]
    since: Option<PartialDate>,
    /// Where the fact comes from, in place of what is known; give it several times
    #[arg(long = "source", value_name = "SOURCE", value_parser = parameter::<Source>)]
    sources: Vec<Source>,
}

#[derive(Args, Debug)]
pub(crate) struct PracticeEdit {
    /// Its id, prc_…, or a part of its title
    pub(super) practice: String,
    /// What it is, in a line
    #[arg(long, value_parser = parameter::<Title>)]
    title: Option<Title>,
    #[command(flatten)]
    facts: PracticeFacts,
    /// A further remark
    #[arg(long, value_name = "TEXT", value_parser = parameter::<FreeText>)]
    note: Option<FreeText>,
    /// Know this no more; give it several times
    #[arg(long, value_name = "FACT", value_parser = ["problem", "approach", "evidence", "cost", "cost-words", "contact", "topic", "since", "source", "note"])]
    clear: Vec<String>,
}

impl PracticeEdit {
    /// The practice with what is given.
    pub(super) fn onto(self, before: PracticeBody) -> PracticeBody {
        let Self { practice: _, title, facts, note, clear } = self;
        let cleared = Cleared(clear);
        let body = facts.onto(&cleared, before);
        PracticeBody {
            title: title.unwrap_or(body.title),
            contact: cleared.fact("contact", None, body.contact),
            notes: cleared.notes(note, body.notes),
            ..body
        }
    }
}

impl PracticeFacts {
    /// The practice with what is given.
    pub(super) fn onto(self, cleared: &Cleared, before: PracticeBody) -> PracticeBody {
        let took = before.cost.unwrap_or_default();
        let cost = PracticeCostBody {
            amount: cleared.fact("cost", self.cost.map(AsText), took.amount),
            words: cleared.fact("cost-words", self.cost_words, took.words),
        };
        PracticeBody {
            problem: cleared.fact("problem", self.problem, before.problem),
            approach: cleared.fact("approach", self.approach, before.approach),
            evidence: cleared.fact("evidence", self.evidence, before.evidence),
            cost: (cost != PracticeCostBody::default()).then_some(cost),
            topics: cleared.facts("topic", self.topics, before.topics),
            since: cleared.fact("since", self.since, before.since),
            sources: cleared.facts("source", self.sources, before.sources),
            ..before
        }
    }
}
