//! Stories of agreements: from draft to signature, amendment and notice.

use sister_cities_app::agreement::{AgreementStep, AgreementText, NewAgreement, Origin};
use sister_cities_app::{AppError, IdempotentReply, RefusedTransition, Times};
use sister_cities_domain::agreement::{
    Agreement, Approval, Base, Notice, NoticePeriod, Signature, Term, Terms, VersionText,
};
use sister_cities_domain::id::{AgreementId, PartnershipId, SeededIds};
use sister_cities_domain::value::Title;
use sister_cities_storage::catalogue::agreement;
use sister_cities_storage::{Listing, Revision, Versioned, content_hash};

use crate::harness::{Office, name, system};
use crate::stories;

stories! {
    an_agreement_goes_from_draft_to_signature_to_amendment_to_notice;
    a_signature_without_the_approval_of_both_sides_is_refused;
    an_agreement_signed_long_ago_is_recorded_with_what_is_known;
    a_parent_of_another_bond_and_a_bond_that_is_not_there_are_refused_by_their_field;
    the_document_of_a_version_is_kept_under_its_hash;
    a_version_without_a_text_is_given_one_once;
    only_the_text_that_a_version_names_is_stored_for_it_and_once;
}

fn draft(partnership: PartnershipId) -> NewAgreement {
    NewAgreement {
        partnership,
        parent: None,
        title: Title::new("Sister-city agreement").expect("a title"),
        parties: Vec::new(),
        text: AgreementText::Known(VersionText::NotAtHand),
        terms: Terms::lasting(Term::OpenEnded)
            .with_notice(NoticePeriod::from_months(6).expect("half a year")),
        origin: Origin::Draft,
    }
}

impl Office {
    async fn agreement(&self, request: NewAgreement) -> Versioned<Agreement> {
        let created =
            self.app.create_agreement(&system(), self.programme, request, IdempotentReply::NONE).await;
        created.expect("an agreement").executed().expect("fresh")
    }

    async fn step(
        &self,
        agreement: &Versioned<Agreement>,
        step: AgreementStep,
    ) -> Result<Versioned<Agreement>, AppError> {
        let (id, revision) = (agreement.value.id(), agreement.revision);
        let done = self
            .app
            .step_agreement(&system(), self.programme, id, revision, step, IdempotentReply::NONE)
            .await;
        done?.executed()
    }
}

async fn an_agreement_goes_from_draft_to_signature_to_amendment_to_notice(office: Office) {
    let bond = office.sister("Lucerne", "1998").await;
    let [ours, theirs] = [bond.places[0].id, bond.places[1].id];
    let on = |text: &str| text.parse().expect("a date");
    let mut agreement = office.agreement(draft(bond.partnership.value.id())).await;
    for step in [
        AgreementStep::ProposeVersion { version: 1, on: None },
        AgreementStep::ApproveVersion {
            version: 1,
            approval: Approval::resolved(ours, name("City Council")),
        },
        AgreementStep::ApproveVersion { version: 1, approval: Approval::resolved(theirs, name("Stadtrat")) },
        AgreementStep::SignVersion { version: 1, signature: Signature::of(theirs).on(on("1998-09")) },
        AgreementStep::SignVersion { version: 1, signature: Signature::of(ours).on(on("1999")) },
    ] {
        agreement = office.step(&agreement, step).await.expect("a step");
    }
    assert_eq!(agreement.value.signed_on(), Some(on("1999")));

    let amend = AgreementStep::AddVersion {
        base: Base::Amends { of: 1 },
        text: AgreementText::Known(VersionText::NotAtHand),
        terms: Terms::default(),
    };
    agreement = office.step(&agreement, amend).await.expect("amended");
    assert_eq!(agreement.value.versions().len(), 2);

    let notice = Notice {
        by: vec![theirs],
        on: on("2007-01-15"),
        authority: name("Stadtrat"),
        reason: None,
        source: None,
    };
    agreement = office.step(&agreement, AgreementStep::GiveNotice(notice)).await.expect("notice");
    let end = agreement.value.effective_end().expect("an end");
    assert_eq!(end.latest.to_string(), "2007-07-15");
    assert_eq!(agreement.revision.number(), 8, "one revision for each step");
}

async fn a_signature_without_the_approval_of_both_sides_is_refused(office: Office) {
    let bond = office.sister("Delhi", "2001").await;
    let agreement = office.agreement(draft(bond.partnership.value.id())).await;
    let proposed = office.step(&agreement, AgreementStep::ProposeVersion { version: 1, on: None }).await;
    let sign = AgreementStep::SignVersion { version: 1, signature: Signature::of(office.chicago) };
    let refusal = office.step(&proposed.expect("proposed"), sign).await;
    assert!(matches!(refusal, Err(AppError::Refused(RefusedTransition::Agreement(_)))), "{refusal:?}");
}

async fn an_agreement_signed_long_ago_is_recorded_with_what_is_known(office: Office) {
    let bond = office.sister("Milan", "1973-04").await.partnership.value.id();
    let signatures = vec![Signature::of(office.chicago).on("1973-04".parse().expect("a month"))];
    let recorded =
        office.agreement(NewAgreement { origin: Origin::Recorded { signatures }, ..draft(bond) }).await;
    let (listing, times) =
        (Listing::by_default(10).filter(agreement::PARTNERSHIP.is(bond)), Times::default());
    let listed =
        office.app.list_agreements(&system(), office.programme, listing, times).await.expect("a list");
    assert_eq!(listed.items, [recorded]);
}

async fn a_parent_of_another_bond_and_a_bond_that_is_not_there_are_refused_by_their_field(office: Office) {
    let bond = office.sister("Milan", "1973").await.partnership.value.id();
    let other = office.sister("Osaka", "1973").await.partnership.value.id();
    let parent = office.agreement(draft(other)).await.value.id();
    let ids = SeededIds::new(77);
    for (request, path) in [
        (NewAgreement { parent: Some(parent), ..draft(bond) }, "/parent"),
        (NewAgreement { parent: Some(AgreementId::next(&ids)), ..draft(bond) }, "/parent"),
        (draft(PartnershipId::next(&ids)), "/partnership"),
        (NewAgreement { parties: vec![office.chicago], ..draft(bond) }, "/parties"),
    ] {
        let refusal =
            office.app.create_agreement(&system(), office.programme, request, IdempotentReply::NONE).await;
        let Err(AppError::Invalid(fields)) = refusal else { panic!("{refusal:?}") };
        assert_eq!(fields[0].path, path);
    }
}

async fn the_document_of_a_version_is_kept_under_its_hash(office: Office) {
    let bond = office.sister("Milan", "1973").await.partnership.value.id();
    let text = AgreementText::Document(b"Chicago and Milan agree.".to_vec());
    let agreement = office.agreement(NewAgreement { text, ..draft(bond) }).await;
    let document = |version| {
        let (app, programme, id) = (&office.app, office.programme, agreement.value.id());
        async move { app.get_version_text(&system(), programme, id, version).await.expect("read") }
    };
    assert_eq!(document(1).await.as_deref(), Some(b"Chicago and Milan agree.".as_slice()));
    assert_eq!(document(2).await, None);
    assert_eq!(agreement.revision, Revision::FIRST);
}

async fn a_version_without_a_text_is_given_one_once(office: Office) {
    let bond = office.sister("Milan", "1973").await.partnership.value.id();
    let bare = office.agreement(draft(bond)).await;
    let attach = |revision, text: &str| {
        let (app, programme, id) = (&office.app, office.programme, bare.value.id());
        let step = AgreementStep::AttachVersionText { version: 1, document: text.as_bytes().to_vec() };
        async move { app.step_agreement(&system(), programme, id, revision, step, IdempotentReply::NONE).await }
    };
    let done =
        attach(bare.revision, "Found in a drawer.").await.expect("attached").executed().expect("fresh");
    let hash = content_hash(b"Found in a drawer.");
    assert_eq!(done.value.versions()[0].text(), &VersionText::Hashed { hash });
    let read = office.app.get_version_text(&system(), office.programme, bare.value.id(), 1).await;
    assert_eq!(read, Ok(Some(b"Found in a drawer.".to_vec())));
    let again = attach(done.revision, "Another.").await;
    assert!(matches!(again, Err(AppError::Refused(_))), "{again:?}");
    let stale = attach(bare.revision, "Found in a drawer.").await;
    assert!(matches!(stale, Err(AppError::Stale { .. })), "{stale:?}");
}

async fn only_the_text_that_a_version_names_is_stored_for_it_and_once(office: Office) {
    let bond = office.sister("Milan", "1973").await.partnership.value.id();
    let signed = b"Chicago and Milan agree.".to_vec();
    let text = AgreementText::Known(VersionText::Hashed { hash: content_hash(&signed) });
    let agreement = office.agreement(NewAgreement { text, ..draft(bond) }).await.value.id();
    let bare = office.agreement(draft(bond)).await.value.id();
    let put = |agreement, version, bytes: &[u8]| {
        let (app, programme, bytes) = (&office.app, office.programme, bytes.to_vec());
        async move { app.put_version_text(&system(), programme, agreement, version, bytes).await }
    };
    for (agreement, bytes, wanted) in
        [(agreement, b"Another text.".as_slice(), "has the SHA-256"), (bare, &signed, "names no text")]
    {
        let refused = put(agreement, 1, bytes).await;
        let Err(AppError::Invalid(fields)) = refused else { panic!("{refused:?}") };
        assert!(fields[0].problem.contains(wanted), "{fields:?}");
    }
    assert!(matches!(put(agreement, 2, &signed).await, Err(AppError::NotFound(_))));
    let store = office.app.database().programme(office.programme);
    let before = store.journal_end().await.expect("the end").0;
    for _ in 0..2 {
        assert_eq!(put(agreement, 1, &signed).await, Ok(content_hash(&signed)));
    }
    assert_eq!(store.journal_end().await.expect("the end").0, before + 1, "told once");
    let read = office.app.get_version_text(&system(), office.programme, agreement, 1).await;
    assert_eq!(read, Ok(Some(signed)));
}
