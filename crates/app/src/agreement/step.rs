//! Taking an agreement a step further: from draft to signature, to amendment, to its end.

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::agreement::{
    Agreement, AgreementEvent, AgreementTransitionError, Approval, Base, Notice, Signature, Terms,
};
use sister_cities_domain::id::{AgreementId, ProgrammeId};
use sister_cities_domain::person::Person;
use sister_cities_domain::value::{FreeText, PartialDate};
use sister_cities_storage::{ChangeSet, Revision, Versioned};

use super::AgreementText;
use crate::{App, AppError, CommandOutcome, IdempotentReply};

/// A step of an agreement. Versions are named by their number, from 1.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum AgreementStep {
    /// Give a version its text that had none; once (R10).
    AttachVersionText {
        /// Which version.
        version: u32,
        /// The text.
        document: Vec<u8>,
    },
    /// Fix the text of a draft and put it to the sides.
    ProposeVersion {
        /// Which version.
        version: u32,
        /// When.
        on: Option<PartialDate>,
    },
    /// Record one side's approval, or the decision to go on without it, with its reason (R9).
    ApproveVersion {
        /// Which version.
        version: u32,
        /// The approval.
        approval: Approval,
    },
    /// Record one side's signature (R7, R8).
    SignVersion {
        /// Which version.
        version: u32,
        /// The signature.
        signature: Signature,
    },
    /// Withdraw a version that nobody has approved (R20).
    WithdrawVersion {
        /// Which version.
        version: u32,
        /// When.
        on: Option<PartialDate>,
        /// Why.
        reason: Option<FreeText>,
    },
    /// Draft a version that amends or supersedes a fully signed one (R10).
    AddVersion {
        /// What it builds on.
        base: Base,
        /// Its text.
        text: AgreementText,
        /// The terms that the text states.
        terms: Terms,
    },
    /// Give notice (R12).
    GiveNotice(Notice),
}

impl AgreementStep {
    /// What becomes of the agreement by this step; texts go into the change set.
    fn apply(
        self,
        before: Agreement,
        changes: &mut ChangeSet,
    ) -> Result<(Agreement, AgreementEvent), AgreementTransitionError> {
        match self {
            Self::AttachVersionText { version, document } => {
                before.attach(version, changes.document(document))
            }
            Self::ProposeVersion { version, on } => before.propose(version, on),
            Self::ApproveVersion { version, approval } => before.approve(version, approval),
            Self::SignVersion { version, signature } => before.sign(version, signature),
            Self::WithdrawVersion { version, on, reason } => before.withdraw(version, on, reason),
            Self::AddVersion { base, text, terms } => before.amend(base, text.store(changes), terms),
            Self::GiveNotice(notice) => before.give_notice(notice),
        }
    }
}

impl App {
    /// Takes an agreement that was read at `revision` a step further.
    ///
    /// # Errors
    ///
    /// [`AppError::Refused`] if the step is not possible where the version stands; [`AppError::Invalid`] if the programme has no
    /// record of the signatory; [`AppError::NotFound`]; [`AppError::Stale`]; [`AppError::Forbidden`] without `agreement:write`.
    pub async fn step_agreement(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        agreement: AgreementId,
        revision: Revision,
        step: AgreementStep,
        reply: IdempotentReply<'_, Versioned<Agreement>>,
    ) -> Result<CommandOutcome<Versioned<Agreement>>, AppError> {
        let mut command = self.command(caller, Scope::AgreementWrite, programme)?;
        let before = command.load_at::<Agreement>(agreement, revision).await?;
        if let AgreementStep::SignVersion { signature, .. } = &step {
            let named = signature.signatory.map(|id| ("/signature/signatory".to_owned(), id)).into_iter();
            command.refuse_missing::<Person>(named.collect()).await?;
        }
        let (after, event) = step.apply(before.value, command.changes())?;
        let changed = command.update(after, revision, event);
        command.commit(changed, reply).await
    }
}
