//! The committee of the demo and the offices that signed, as far as the sources tell them: nobody by name.

use sister_cities_domain::access::Caller;
use sister_cities_domain::committee::{Committee, CommitteeTask, RequiredFunctions};
use sister_cities_domain::id::{CommitteeId, PartnershipId, PlaceId, ProgrammeId, RoleId};
use sister_cities_domain::role::{HeldIn, Role, RoleFunction, Tenure};
use sister_cities_domain::value::{Name, Period, Source};

use super::DemoError;
use crate::{App, IdempotentReply};

const TRIBUNE: &str = "Chicago Tribune 1993-09-20";
const ILLINOIS: &str = "illinoissistercities.org, a business co-chair on every committee";
const CSCI: &str = "CSCI History of Exchange: Birmingham (docslib 13368805)";

/// An office: what it is called if it has a name of its own, what its holder is there, since when it is attested, and who says so.
type Office = (Option<&'static str>, RoleFunction, Option<&'static str>, &'static str);

/// Enters the committee for Birmingham, as every committee of Chicago has a chair and a business co-chair, and the offices that signed in
/// September 1993. Who holds them changes; that there are such offices does not.
pub(super) async fn enter(app: &App, caller: &Caller, chicago: ProgrammeId) -> Result<(), DemoError> {
    let desk = Desk { app, caller, programme: chicago };
    let birmingham = super::city(app, chicago, "Birmingham").await?;
    let city = super::city(app, chicago, "Chicago").await?;
    let partnership = super::partnership_with(app, chicago, "Birmingham").await?;
    let committee = HeldIn::Committee(desk.committee(partnership, city).await?);
    desk.office(committee, (None, RoleFunction::Chair, None, CSCI)).await?;
    desk.office(committee, (None, RoleFunction::BusinessCoChair, None, ILLINOIS)).await?;
    let signed = Some("1993-09");
    for (place, called) in [(birmingham, "Lord Mayor of Birmingham"), (city, "Mayor of Chicago")] {
        desk.office(HeldIn::Place(place), (Some(called), RoleFunction::Mayor, signed, TRIBUNE)).await?;
    }
    Ok(())
}

/// Whoever enters them, and where.
struct Desk<'a> {
    app: &'a App,
    caller: &'a Caller,
    programme: ProgrammeId,
}

impl Desk<'_> {
    async fn committee(
        &self,
        partnership: PartnershipId,
        chicago: PlaceId,
    ) -> Result<CommitteeId, DemoError> {
        let id = CommitteeId::next(self.app.ids());
        let committee = Committee {
            id,
            programme: self.programme,
            name: Name::new("Birmingham Committee")?,
            task: CommitteeTask::Partnership(partnership),
            place: Some(chicago),
            appointed_by: None,
            seats: None,
            term_months: None,
            functions: RequiredFunctions::new([RoleFunction::Chair, RoleFunction::BusinessCoChair])?,
            existed: Period::ALWAYS,
            source: Some(Source::new(ILLINOIS)?),
            notes: Vec::new(),
        };
        self.app.create_committee(self.caller, committee, IdempotentReply::NONE).await?.executed()?;
        Ok(id)
    }

    async fn office(
        &self,
        held_in: HeldIn,
        (called, function, from, source): Office,
    ) -> Result<(), DemoError> {
        let role = Role {
            id: RoleId::next(self.app.ids()),
            programme: self.programme,
            person: None,
            held_in,
            function,
            office: called.map(Name::new).transpose()?,
            tenure: Tenure::new(from.map(str::parse).transpose()?, None, None)?,
            appointed_by: None,
            fills_term_of: None,
            successor: None,
            orphaned: None,
            source: Some(Source::new(source)?),
            notes: Vec::new(),
        };
        self.app.create_role(self.caller, role, IdempotentReply::NONE).await?.executed()?;
        Ok(())
    }
}
