//! Erasing a person everywhere.

use std::collections::BTreeSet;

use sister_cities_domain::access::Caller;
use sister_cities_domain::agreement::{Agreement, VersionText};
use sister_cities_domain::id::{AgreementId, ProgrammeId, RecordKind};
use sister_cities_domain::privacy::{Due, Purpose, SignatureDuty, erasable_from};
use sister_cities_domain::programme::Programme;
use sister_cities_domain::value::{ContentHash, Name};
use sister_cities_storage::erasure::{Erasure, Person, ReadDocument, Survey, erase, realms, survey};
use sister_cities_storage::{Realm, Traces};

use super::audit::everywhere;
use crate::tabular::{Limits, texts};
use crate::{App, AppError};

/// Whether to erase or to say what would be erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "it is done or only tried")]
pub enum ErasureRun {
    /// Look, change nothing.
    Dry,
    /// Do it.
    Real,
}

/// What an erasure came to, or would.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErasureReport {
    /// What stands in the place of the name now; none if nothing was replaced.
    pub pseudonym: Option<Name>,
    /// Where the person is or was named, and what stays.
    pub survey: Survey,
    /// What stands in the way. With any of these, nothing is replaced.
    pub refusals: Vec<Refusal>,
    /// Whether the database still keeps old versions of what was replaced.
    pub traces: Traces,
}

/// A duty to know the person still.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Whose duty.
    pub programme: ProgrammeId,
    /// The agreement that they signed or approved.
    pub agreement: AgreementId,
    /// Its title.
    pub title: String,
    /// From when on it is possible: [`Due::From`] a day, or [`Due::Kept`] until the agreement has an end.
    pub until: Due,
}

/// Reads what an office uploads.
struct Uploads;

impl ReadDocument for Uploads {
    fn texts(&self, bytes: &[u8]) -> Option<Vec<String>> {
        texts(bytes, &Limits::default())
    }
}

impl App {
    /// Replaces the name of a person by a pseudonym wherever it was recorded, in every programme and in the installation; or only
    /// looks where that is.
    ///
    /// Signed texts stay as they were signed, and are listed. A programme's duty to know who signed
    /// ([`SignatureDuty`]) refuses the whole, with the day from which it is possible.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `admin` everywhere. A refusal is no error but part of the report.
    pub async fn erase_person(
        &self,
        caller: &Caller,
        name: &Name,
        run: ErasureRun,
    ) -> Result<ErasureReport, AppError> {
        everywhere(caller)?;
        let realms = realms(self.database()).await?;
        let untouched = self.signed_texts(&realms).await?;
        let person = Person::named(name);
        let erasure =
            Erasure { person: &person, realms: &realms, untouched: &untouched, documents: &Uploads };
        let survey = survey(self.database(), erasure).await?;
        let refusals = self.duties(&survey).await?;
        if run == ErasureRun::Dry || !refusals.is_empty() {
            return Ok(ErasureReport { pseudonym: None, survey, refusals, traces: Traces::Gone });
        }
        let erased = erase(self.database(), erasure, &caller.actor, self.clock().now()).await?;
        let traces = match erased.pseudonym {
            Some(_) => self.database().store().clear_replaced().await,
            None => Traces::Gone,
        };
        if let Traces::Left { reason } = &traces {
            tracing::warn!(%reason, "traces of an erased person are left");
        }
        Ok(ErasureReport { pseudonym: erased.pseudonym, survey: erased.survey, refusals, traces })
    }

    /// The texts of all agreements.
    async fn signed_texts(&self, realms: &[Realm]) -> Result<BTreeSet<ContentHash>, AppError> {
        let mut hashes = BTreeSet::new();
        for realm in realms {
            for agreement in self.database().realm(*realm).all::<Agreement>([]).await? {
                hashes.extend(agreement.value.versions().iter().filter_map(|version| match version.text() {
                    VersionText::Hashed { hash } => Some(*hash),
                    VersionText::NotAtHand | _ => None,
                }));
            }
        }
        Ok(hashes)
    }

    async fn duties(&self, survey: &Survey) -> Result<Vec<Refusal>, AppError> {
        let mut refusals = Vec::new();
        let today = self.clock().today();
        for (realm, record) in &survey.records {
            let (Realm::Programme(programme), RecordKind::Agreement) = (*realm, record.kind) else {
                continue;
            };
            let store = self.database().programme(programme);
            let duty = match store.get::<Programme>(programme).await? {
                Some(found) => found.value.policies.retention.signatures,
                None => SignatureDuty::None,
            };
            let id = AgreementId::from_uuid(record.id);
            // What is deleted is not in force.
            let Some(agreement) = store.get::<Agreement>(id).await? else { continue };
            let agreement = agreement.value;
            let end = agreement.effective_end().map_or(Purpose::Lasts, |end| Purpose::EndedOn(end.latest));
            match erasable_from(duty, end, today) {
                None | Some(Due::Since(_)) => {}
                Some(until @ (Due::Kept | Due::From(_))) => refusals.push(Refusal {
                    programme,
                    agreement: id,
                    title: agreement.title().to_string(),
                    until,
                }),
            }
        }
        Ok(refusals)
    }
}
