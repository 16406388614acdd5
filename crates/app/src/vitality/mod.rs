//! How alive the bonds of a programme are: one with all its reasons, all of them, and one over time.

mod all;
mod cache;
mod one;
mod timeline;

pub(crate) use cache::VitalityCache;

pub use all::{VitalityPage, VitalityQuery};
pub use one::BondVitality;
pub use timeline::{BondTimeline, TimelineQuery};

use chrono::NaiveDate;
use sister_cities_domain::agreement::Agreement;
use sister_cities_domain::engagement::Engagement;
use sister_cities_domain::id::PartnershipId;
use sister_cities_domain::partnership::Partnership;
use sister_cities_domain::programme::Programme;
use sister_cities_domain::vitality::VitalityInputs;
use sister_cities_storage::catalogue::{agreement, engagement};

use crate::AppError;
use crate::app::ProgrammeContext;

/// What the vitality of one bond, or of a page of them, is reckoned from beside the partnerships themselves.
struct Log {
    engagements: Vec<Engagement>,
    agreements: Vec<Agreement>,
    programme: Programme,
}

impl Log {
    /// Reads the log of some partnerships: two lists, however many partnerships there are.
    async fn read(context: &ProgrammeContext, of: &[PartnershipId]) -> Result<Self, AppError> {
        let engagements = context.store.all_of(&engagement::PARTNERSHIP, of.iter().copied()).await?;
        let engagements = engagements.into_iter().map(|one| one.value).collect();
        Ok(Self { engagements, ..Self::without_engagements(context, of.iter().copied()).await? })
    }

    /// The agreements alone, in the order of their bonds.
    async fn without_engagements(
        context: &ProgrammeContext,
        of: impl IntoIterator<Item = PartnershipId>,
    ) -> Result<Self, AppError> {
        let agreements = context.store.all_of(&agreement::PARTNERSHIP, of).await?;
        let agreements = agreements.into_iter().map(|one| one.value).collect();
        Ok(Self { engagements: Vec::new(), agreements, programme: context.programme.value.clone() })
    }

    /// Its log as the domain wants it, to be judged by the numbers of a day.
    fn inputs<'a>(&'a self, partnership: &'a Partnership, day: NaiveDate) -> VitalityInputs<'a> {
        let policy = self.programme.vitality_policy(partnership.leading_kind_on(day).as_ref());
        VitalityInputs::new(partnership, &self.engagements, policy).with_agreements(&self.agreements)
    }

    /// The log in the order of its bonds, so that each bond's part is found without going through all of it.
    fn by_bond(mut self) -> Self {
        self.engagements.sort_by_key(|engagement| engagement.partnership);
        self.agreements.sort_by_key(Agreement::partnership);
        self
    }

    /// As [`Self::inputs`], of a log in the order of its bonds.
    fn inputs_of<'a>(&'a self, partnership: &'a Partnership, day: NaiveDate) -> VitalityInputs<'a> {
        let id = partnership.id();
        let engagements = run(&self.engagements, id, |engagement| engagement.partnership);
        let agreements = run(&self.agreements, id, Agreement::partnership);
        let policy = self.programme.vitality_policy(partnership.leading_kind_on(day).as_ref());
        VitalityInputs::new(partnership, engagements, policy).with_agreements(agreements)
    }
}

/// The run of items that belong to a bond, in a list sorted by bond.
fn run<T>(items: &[T], partnership: PartnershipId, partnership_of: impl Fn(&T) -> PartnershipId) -> &[T] {
    let from = items.partition_point(|item| partnership_of(item) < partnership);
    let to = items.partition_point(|item| partnership_of(item) <= partnership);
    &items[from..to]
}
