//! Erasing a person everywhere.

use std::collections::BTreeSet;

use sister_cities_domain::access::Caller;
use sister_cities_domain::agreement::{Agreement, VersionText};
use sister_cities_domain::id::{AgreementId, PersonId, ProgrammeId, RecordKind, RecordRef};
use sister_cities_domain::person::Person as PersonRecord;
use sister_cities_domain::privacy::{Due, ERASED, Purpose, REMOVED, SignatureDuty, erasable_from};
use sister_cities_domain::programme::Programme;
use sister_cities_domain::value::{ContentHash, Name};
use sister_cities_storage::erasure::{Erasure, Person, ReadDocument, Survey, erase, realms, survey};
use sister_cities_storage::{HistoryPart, Realm, Traces};

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
        self.erase_from(caller, &Person::named(name), &realms, run).await
    }

    /// Replaces all that is personal in a person's record, and in those that were merged with it, by a pseudonym, and their names,
    /// addresses and numbers wherever else the programme recorded them; or only looks where that is. The record stays, and so do all
    /// totals.
    ///
    /// # Errors
    ///
    /// As [`erase_person`](Self::erase_person); [`AppError::NotFound`] if there is no such person in any programme.
    pub async fn erase_recorded_person(
        &self,
        caller: &Caller,
        id: PersonId,
        run: ErasureRun,
    ) -> Result<ErasureReport, AppError> {
        everywhere(caller)?;
        for realm in realms(self.database()).await? {
            let Realm::Programme(programme) = realm else { continue };
            let store = self.database().programme(programme);
            if store.get::<PersonRecord>(id).await?.is_none() {
                continue;
            }
            let standing = crate::person::standing(&store, id).await?.value;
            let ids = std::iter::once(standing.id).chain(standing.absorbed.iter().map(|one| one.person));
            let (mut records, mut texts, mut numbers) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
            for id in ids {
                records.insert(RecordRef::from(id));
                for past in store.history::<PersonRecord>(id, HistoryPart::ALL).await? {
                    if let Some(person) = past.value {
                        texts.extend(telling(&person));
                        let kept = person.phones.iter().filter_map(|phone| phone.fact.number.kept());
                        numbers.extend(kept.map(ToString::to_string));
                    }
                }
            }
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let person = Person::recorded(records, texts, numbers.iter().map(String::as_str));
            return self.erase_from(caller, &person, &[realm], run).await;
        }
        Err(AppError::NotFound(id.into()))
    }

    async fn erase_from(
        &self,
        caller: &Caller,
        person: &Person,
        realms: &[Realm],
        run: ErasureRun,
    ) -> Result<ErasureReport, AppError> {
        let untouched = self.signed_texts(realms).await?;
        let erasure = Erasure { person, realms, untouched: &untouched, documents: &Uploads };
        let survey = survey(self.database(), erasure).await?;
        let refusals = self.duties(&survey).await?;
        if run == ErasureRun::Dry || !refusals.is_empty() {
            return Ok(ErasureReport { pseudonym: None, survey, refusals, traces: Traces::Gone });
        }
        let erased = erase(self.database(), erasure, &caller.actor, self.clock().now()).await?;
        if let Some(pseudonym) = &erased.pseudonym {
            self.tell_nothing_more(&erased.survey, pseudonym).await?;
        }
        // Where nothing was found too: an earlier erasure may have broken off when all was replaced and nothing cleared yet.
        let traces = self.database().store().clear_replaced().await;
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
        for (realm, record) in &survey.records {
            let (Realm::Programme(programme), RecordKind::Agreement) = (*realm, record.kind) else {
                continue;
            };
            let today = self.today(programme).await?;
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

/// What tells of a person wherever it stands: names, addresses, remarks. What many share, such as a city or a label, does not.
fn telling(person: &PersonRecord) -> Vec<String> {
    const LONG: usize = 20;
    let names = person.names().chain(&person.pronunciation).map(ToString::to_string);
    let emails = person.emails.iter().filter_map(|email| email.fact.address.kept()).map(ToString::to_string);
    let lines = person.posts.iter().flat_map(|post| post.fact.lines()).map(ToString::to_string);
    let houses =
        lines.filter(|line| line.chars().count() >= 6 && line.chars().any(|one| one.is_ascii_digit()));
    let notes =
        person.notes.iter().map(|note| note.text.to_string()).filter(|text| text.chars().count() >= LONG);
    names
        .chain(emails)
        .chain(houses)
        .chain(notes)
        .filter(|text| !text.starts_with(ERASED) && text != REMOVED)
        .collect()
}
