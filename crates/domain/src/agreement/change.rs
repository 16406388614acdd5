//! The changes of an agreement. Each consumes it and returns it changed with the event, or refuses and says why.

use super::event::AgreementEvent;
use super::refusal::{AgreementAction, AgreementRefusal, AgreementTransitionError};
use super::signature::{Approval, ApprovalBasis, Signature};
use super::term::{Notice, Terms};
use super::version::{Base, Stage, Version, VersionState, VersionText};
use super::{Agreement, AgreementHead, DisplayYear};
use crate::id::PlaceId;
use crate::value::{ContentHash, FreeText, PartialDate};

type Changed = Result<(Agreement, AgreementEvent), AgreementTransitionError>;

impl Agreement {
    /// A first draft.
    ///
    /// # Errors
    ///
    /// [`AgreementTransitionError`] if the agreement would hang under itself.
    pub fn draft(head: AgreementHead, text: VersionText, terms: Terms) -> Changed {
        let agreement = Self::with_first(head, Version::draft(1, Base::First, text, terms));
        agreement.check_parent(AgreementAction::Draft)?;
        let (partnership, parent) = (agreement.partnership, agreement.parent);
        Ok((agreement, AgreementEvent::Drafted { partnership, parent }))
    }

    /// An agreement that was signed before its record began. Approvals are noted as not at hand; what is not known of a
    /// signature stays blank; sides whose signature is not known may follow by [`Self::sign`].
    ///
    /// # Errors
    ///
    /// [`AgreementTransitionError`] if no signature is given, one is of a place that is no party, or two are of one side.
    pub fn recorded(
        head: AgreementHead,
        text: VersionText,
        terms: Terms,
        signatures: Vec<Signature>,
    ) -> Changed {
        let action = AgreementAction::Record;
        let mut version = Version::draft(1, Base::First, text, terms);
        version.stage = Stage::Proposed { on: None };
        version.approvals = head
            .parties
            .iter()
            .map(|by| Approval { by, basis: ApprovalBasis::NotAtHand, on: None, source: None })
            .collect();
        let mut agreement = Self::with_first(head, version);
        agreement.check_parent(action)?;
        if signatures.is_empty() {
            return Err(agreement.refuse(action, AgreementRefusal::NoSignature));
        }
        for signature in &signatures {
            (agreement, _) = agreement
                .sign(1, signature.clone())
                .map_err(|error| AgreementTransitionError { action, ..error })?;
        }
        let (partnership, parent) = (agreement.partnership, agreement.parent);
        Ok((agreement, AgreementEvent::Recorded { partnership, parent, signatures }))
    }

    /// Changes the text and the terms of a draft.
    ///
    /// # Errors
    ///
    /// [`AgreementTransitionError`] unless the version is a draft: what was proposed is withdrawn, what was signed is
    /// amended (R10).
    pub fn revise(mut self, version: u32, text: VersionText, terms: Terms) -> Changed {
        let index = self.in_state(version, AgreementAction::Revise, &[VersionState::Draft], "a draft")?;
        self.versions[index].text = text.clone();
        self.versions[index].terms = terms;
        Ok((self, AgreementEvent::DraftRevised { version, text }))
    }

    /// Gives a version its text, which was not at hand when it was entered, wherever the version stands. Once: a version that has a text
    /// keeps it (R10).
    ///
    /// # Errors
    ///
    /// [`AgreementTransitionError`] if there is no such version, or it has a text.
    pub fn attach(mut self, version: u32, hash: ContentHash) -> Changed {
        let index = self.index_of(version, AgreementAction::Attach)?;
        if let VersionText::Hashed { hash } = self.versions[index].text {
            return Err(self.refuse(AgreementAction::Attach, AgreementRefusal::HasText { version, hash }));
        }
        self.versions[index].text = VersionText::Hashed { hash };
        Ok((self, AgreementEvent::TextAttached { version, hash }))
    }

    /// Fixes the text of a draft and puts it to the sides.
    ///
    /// # Errors
    ///
    /// [`AgreementTransitionError`] unless the version is a draft.
    pub fn propose(mut self, version: u32, on: Option<PartialDate>) -> Changed {
        let index = self.in_state(version, AgreementAction::Propose, &[VersionState::Draft], "a draft")?;
        self.versions[index].stage = Stage::Proposed { on };
        Ok((self, AgreementEvent::Proposed { version, on }))
    }

    /// Notes one side's approval of a proposed version, or the decision to go on without it, with its reason (R9).
    ///
    /// # Errors
    ///
    /// [`AgreementTransitionError`] if the version is not proposed, if the place is no party, or has approved already.
    pub fn approve(mut self, version: u32, approval: Approval) -> Changed {
        let action = AgreementAction::Approve;
        let place = approval.by;
        self.check_party(action, place)?;
        let index = self.index_of(version, action)?;
        if self.versions[index].approvals.iter().any(|earlier| earlier.by == place) {
            return Err(self.refuse(action, AgreementRefusal::AlreadyApproved { version, place }));
        }
        let approvable = [VersionState::Proposed, VersionState::ApprovedByUs, VersionState::ApprovedByThem];
        let index = self.in_state(version, action, &approvable, "proposed")?;
        self.versions[index].approvals.push(approval.clone());
        let outstanding = self.versions[index].unapproved(&self.parties);
        Ok((self, AgreementEvent::Approved { version, approval, outstanding }))
    }

    /// Notes one side's signature, with the person, the office held on that day, the date and the place (R7, R8).
    ///
    /// # Errors
    ///
    /// [`AgreementTransitionError`] if the place is no party or has signed already (R10), or if a side's approval is
    /// neither on record nor overridden with a reason (R9).
    pub fn sign(mut self, version: u32, signature: Signature) -> Changed {
        let action = AgreementAction::Sign;
        let place = signature.by;
        self.check_party(action, place)?;
        let index = self.index_of(version, action)?;
        if self.versions[index].signatures.iter().any(|earlier| earlier.by == place) {
            return Err(self.refuse(action, AgreementRefusal::AlreadySigned { version, place }));
        }
        let missing = self.versions[index].unapproved(&self.parties);
        if matches!(self.versions[index].stage, Stage::Proposed { .. }) && !missing.is_empty() {
            return Err(self.refuse(action, AgreementRefusal::NotApproved { version, missing }));
        }
        let signable = [VersionState::MutuallyApproved, VersionState::PartlySigned];
        let index = self.in_state(version, action, &signable, "approved by every side")?;
        self.versions[index].signatures.push(signature.clone());
        let outstanding = self.versions[index].unsigned(&self.parties);
        Ok((self, AgreementEvent::Signed { version, signature, outstanding }))
    }

    /// Gives up a version that nobody has approved; it stays in the list, and its number is not used again (R20).
    ///
    /// # Errors
    ///
    /// [`AgreementTransitionError`] unless the version is a draft or proposed.
    pub fn withdraw(mut self, version: u32, on: Option<PartialDate>, reason: Option<FreeText>) -> Changed {
        let withdrawable = [VersionState::Draft, VersionState::Proposed];
        let needs = "a draft or proposed, and approved by nobody";
        let index = self.in_state(version, AgreementAction::Withdraw, &withdrawable, needs)?;
        self.versions[index].stage = Stage::Withdrawn { on, reason: reason.clone() };
        Ok((self, AgreementEvent::Withdrawn { version, reason }))
    }

    /// Drafts a version that amends or supersedes a fully signed one (R10).
    ///
    /// # Errors
    ///
    /// [`AgreementTransitionError`] if the base is not fully signed, or has been replaced by a later signed version.
    pub fn amend(mut self, base: Base, text: VersionText, terms: Terms) -> Changed {
        let action = AgreementAction::Amend;
        let Some(of) = base.of() else {
            return Err(self.refuse(action, AgreementRefusal::NoSuchVersion { version: 0 }));
        };
        let index = self.index_of(of, action)?;
        let unsigned = self.versions[index].unsigned(&self.parties);
        if !unsigned.is_empty() {
            return Err(self.refuse(action, AgreementRefusal::BaseNotSigned { version: of, unsigned }));
        }
        if let Some(by) = self.successor(of).map(Version::number) {
            return Err(self.refuse(action, AgreementRefusal::BaseReplaced { version: of, by }));
        }
        let version = self.versions.iter().map(Version::number).max().unwrap_or(0).saturating_add(1);
        self.versions.push(Version::draft(version, base, text, terms));
        Ok((self, AgreementEvent::VersionDrafted { version, base }))
    }

    /// Ends the agreement by notice of one side, or of all together (R12). With a notice period and not all agreed, it
    /// stays in force until the notice date plus the period. What hangs under it goes on; see
    /// [`running_under`](super::running_under).
    ///
    /// # Errors
    ///
    /// [`AgreementTransitionError`] if nothing is signed, if notice was given before, if it had ended by then, or if a
    /// place named is no party.
    pub fn give_notice(mut self, mut notice: Notice) -> Changed {
        let action = AgreementAction::GiveNotice;
        notice.by.sort_unstable();
        notice.by.dedup();
        if notice.by.is_empty() {
            return Err(self.refuse(action, AgreementRefusal::NobodyNamed));
        }
        for place in &notice.by {
            self.check_party(action, *place)?;
        }
        if self.first_signed().is_none() {
            return Err(self.refuse(action, AgreementRefusal::NothingInForce));
        }
        if let Some(earlier) = &self.notice {
            let on = earlier.on;
            return Err(self.refuse(action, AgreementRefusal::NoticeAlreadyGiven { on }));
        }
        if let Some(end) = self.effective_end()
            && end.latest < notice.on.earliest()
        {
            return Err(self.refuse(action, AgreementRefusal::AlreadyOver { ended: end.latest }));
        }
        self.notice = Some(notice.clone());
        match self.effective_end() {
            Some(end) => Ok((self, AgreementEvent::notice_given(notice, end))),
            // With a notice there is always an end.
            None => Err(self.refuse(action, AgreementRefusal::NothingInForce)),
        }
    }

    /// Chooses which year is shown (R8). The dates of the signatures stay as they are.
    #[must_use]
    pub fn choose_display_year(mut self, choice: DisplayYear) -> (Self, AgreementEvent) {
        self.display_year = choice.clone();
        (self, AgreementEvent::DisplayYearChosen { choice })
    }

    /// The event that its record was removed.
    #[must_use]
    pub fn deleted(&self) -> AgreementEvent {
        AgreementEvent::Deleted { partnership: self.partnership, title: self.title.clone() }
    }

    fn with_first(head: AgreementHead, version: Version) -> Self {
        let AgreementHead { id, programme, partnership, parent, title, parties } = head;
        Self {
            id,
            programme,
            partnership,
            parent,
            title,
            parties,
            versions: vec![version],
            notice: None,
            display_year: DisplayYear::LastSignature,
        }
    }

    fn check_parent(&self, action: AgreementAction) -> Result<(), AgreementTransitionError> {
        if self.parent == Some(self.id) {
            Err(self.refuse(action, AgreementRefusal::OwnParent))
        } else {
            Ok(())
        }
    }

    fn check_party(&self, action: AgreementAction, place: PlaceId) -> Result<(), AgreementTransitionError> {
        if self.parties.contains(place) {
            Ok(())
        } else {
            Err(self.refuse(action, AgreementRefusal::NotAParty { place }))
        }
    }

    fn index_of(&self, version: u32, action: AgreementAction) -> Result<usize, AgreementTransitionError> {
        self.versions
            .iter()
            .position(|known| known.number == version)
            .ok_or_else(|| self.refuse(action, AgreementRefusal::NoSuchVersion { version }))
    }

    /// The index of the version, if it is in one of these states.
    fn in_state(
        &self,
        version: u32,
        action: AgreementAction,
        allowed: &[VersionState],
        needs: &'static str,
    ) -> Result<usize, AgreementTransitionError> {
        let index = self.index_of(version, action)?;
        // Seen from the first party: which side approved first makes no difference to what is allowed.
        let state = self.progress(&self.versions[index], self.parties.as_slice()[0]);
        if allowed.contains(&state) {
            Ok(index)
        } else {
            Err(self.refuse(action, AgreementRefusal::NotFrom { version, state, needs }))
        }
    }

    fn refuse(&self, action: AgreementAction, refusal: AgreementRefusal) -> AgreementTransitionError {
        AgreementTransitionError { agreement: self.id, action, refusal }
    }
}
