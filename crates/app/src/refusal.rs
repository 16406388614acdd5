//! Wanting no more messages of a kind, by the link at the end of one: whoever has the link needs no token.
//!
//! The link says who and what, signed for the programme. It can do nothing but keep messages away: what a person is told stands in their inbox all the same,
//! and what is theirs and has come to its day reaches them.

use std::collections::BTreeSet;

use sister_cities_domain::access::Caller;
use sister_cities_domain::due::DueKind;
use sister_cities_domain::id::{ProgrammeId, SubscriptionId};
use sister_cities_domain::notification::{RefusableKind, Refusal, Rhythm, Subscription};
use sister_cities_domain::person::{Person, Reading};
use sister_cities_domain::programme::Programme;
use sister_cities_domain::value::{FreeText, LanguageTag, Name};
use sister_cities_storage::{ProgrammeStore, Versioned};

use crate::{App, AppError, IdempotentReply};

/// How often it is tried again if somebody else changes the same in the meantime.
const TRIES: usize = 5;
/// What stands at a subscription that was made so.
const REMARK: &str = "By the link at the end of a mail";

/// What a page that is shown to whoever follows such a link says.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "whoever shows the page shows all of it")]
pub struct RefusalOffer {
    /// Who sent the message.
    pub programme: Name,
    /// The language of the programme.
    pub language: LanguageTag,
    /// The languages of the reader, the best first.
    pub languages: Vec<LanguageTag>,
    /// What they refuse, or refused.
    pub kind: RefusableKind,
}

/// A link that holds: what it says, of whom.
struct Signed {
    store: ProgrammeStore,
    programme: Programme,
    person: Person,
    kind: RefusableKind,
}

impl App {
    /// Reads the link at the end of a message and changes nothing; `None` if it is none of ours, or its person is no longer there.
    ///
    /// # Errors
    ///
    /// [`AppError::Unavailable`].
    pub async fn read_refusal(
        &self,
        programme: ProgrammeId,
        link: &str,
    ) -> Result<Option<RefusalOffer>, AppError> {
        Ok(self.signed(programme, link).await?.map(|signed| offer(&signed)))
    }

    /// Does what the link at the end of a message is for: ends the subscription that it came by, or keeps such messages away. Doing it again changes nothing.
    /// `None` as for [`App::read_refusal`].
    ///
    /// # Errors
    ///
    /// [`AppError::Unavailable`].
    pub async fn refuse_messages(
        &self,
        programme: ProgrammeId,
        link: &str,
    ) -> Result<Option<RefusalOffer>, AppError> {
        let mut tries = 1;
        loop {
            let Some(signed) = self.signed(programme, link).await? else { return Ok(None) };
            let done = match signed.kind {
                RefusableKind::Subscription(id) => self.end_subscription(&signed, id).await,
                RefusableKind::Reminder(rule) => self.refuse_reminders(&signed, rule).await,
                RefusableKind::Digest(rhythm) => self.refuse_digests(&signed, rhythm).await,
                _ => Ok(()),
            };
            match done {
                Ok(()) => return Ok(Some(offer(&signed))),
                Err(AppError::Stale { .. } | AppError::NotFound(_)) if tries < TRIES => tries += 1,
                Err(error) => return Err(error),
            }
        }
    }

    async fn signed(&self, programme: ProgrammeId, link: &str) -> Result<Option<Signed>, AppError> {
        let Some(vault) = self.database().vault() else { return Ok(None) };
        let Some((text, signature)) = link.rsplit_once('.') else { return Ok(None) };
        let Some(keys) = vault.checking_keys(programme.into()).await? else { return Ok(None) };
        if !keys.is_signed(text, signature) {
            return Ok(None);
        }
        let Ok(Refusal { person, kind }) = text.parse() else { return Ok(None) };
        let store = self.database().programme(programme);
        let Some(programme) = store.get::<Programme>(programme).await? else { return Ok(None) };
        match crate::person::standing(&store, person).await {
            Ok(person) => Ok(Some(Signed { store, programme: programme.value, person: person.value, kind })),
            Err(AppError::NotFound(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn end_subscription(&self, signed: &Signed, id: SubscriptionId) -> Result<(), AppError> {
        let found = theirs(signed).await?.into_iter().find(|one| one.value.id == id);
        match found {
            Some(found) => {
                self.delete_subscription(&Caller::system(), (signed.programme.id, id), found.revision).await
            }
            None => Ok(()),
        }
    }

    /// Says never to reminders by a rule, whatever was said of them before.
    async fn refuse_reminders(&self, signed: &Signed, rule: DueKind) -> Result<(), AppError> {
        let caller = Caller::system();
        let (never, others): (Vec<_>, Vec<_>) = theirs(signed)
            .await?
            .into_iter()
            .filter(|one| one.value.reminders.contains(&rule))
            .partition(|one| one.value.rhythm == Rhythm::Never);
        for found in others {
            let mut after = found.value;
            after.reminders.remove(&rule);
            if after.check().is_ok() {
                self.replace_subscription(&caller, after, found.revision).await?;
            } else {
                self.delete_subscription(&caller, (signed.programme.id, after.id), found.revision).await?;
            }
        }
        let is_whole = |one: &Subscription| one.partnership.is_none() && one.committee.is_none();
        if !never.iter().any(|one| is_whole(&one.value)) {
            let subscription = Subscription {
                id: SubscriptionId::next(self.ids()),
                programme: signed.programme.id,
                person: signed.person.id,
                events: BTreeSet::new(),
                reminders: BTreeSet::from([rule]),
                partnership: None,
                committee: None,
                rhythm: Rhythm::Never,
                remark: FreeText::new(REMARK).ok(),
            };
            self.create_subscription(&caller, subscription, IdempotentReply::NONE).await?;
        }
        Ok(())
    }

    /// Says never to the subscriptions that tell in digests of a rhythm, and wants no digests of what else there is. What is theirs still comes.
    async fn refuse_digests(&self, signed: &Signed, rhythm: Rhythm) -> Result<(), AppError> {
        let caller = Caller::system();
        for found in theirs(signed).await?.into_iter().filter(|one| one.value.rhythm == rhythm) {
            let after = Subscription { rhythm: Rhythm::Never, ..found.value };
            self.replace_subscription(&caller, after, found.revision).await?;
        }
        let found = crate::person::standing(&signed.store, signed.person.id).await?;
        let reading = found.value.reading.clone().unwrap_or_default();
        let reading = Some(Reading { digests_refused: true, ..reading });
        if found.value.reading != reading {
            self.replace_person(&caller, Person { reading, ..found.value }, found.revision).await?;
        }
        Ok(())
    }
}

fn offer(signed: &Signed) -> RefusalOffer {
    RefusalOffer {
        programme: signed.programme.name.clone(),
        language: signed.programme.language.clone(),
        languages: signed.person.languages.clone(),
        kind: signed.kind,
    }
}

/// The subscriptions of a person, under whichever of their records.
async fn theirs(signed: &Signed) -> Result<Vec<Versioned<Subscription>>, AppError> {
    let records: BTreeSet<_> = signed.person.records().collect();
    let all = signed.store.all::<Subscription>([]).await?;
    Ok(all.into_iter().filter(|one| records.contains(&one.value.person)).collect())
}
