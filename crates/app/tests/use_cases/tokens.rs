//! Stories of access tokens: made, shown once, verified, revoked.

use std::collections::BTreeSet;

use sister_cities_app::AppError;
use sister_cities_app::token::{NewToken, TokenText};
use sister_cities_domain::access::{Actor, Scope};

use crate::harness::{Office, at, caller, name, system};
use crate::stories;

stories! {
    a_token_lets_its_bearer_in_and_only_its_hash_is_stored;
    a_token_that_is_revoked_or_expired_or_mistyped_is_refused_alike;
    a_clock_that_jumps_back_revives_no_revoked_token;
    a_programmes_administrator_makes_tokens_for_that_programme_only;
    a_token_without_scope_or_with_a_past_end_is_refused;
}

fn reader(office: &Office) -> NewToken {
    NewToken {
        programme: Some(office.programme),
        name: name("dashboard"),
        scopes: BTreeSet::from([Scope::ProgrammeRead]),
        expires_at: Some(at(2008, 7, 1)),
    }
}

async fn a_token_lets_its_bearer_in_and_only_its_hash_is_stored(office: Office) {
    let created = office.app.create_token(&system(), reader(&office)).await.expect("a token");
    let bearer = office.app.verify_token(created.text.reveal()).await.expect("accepted");
    assert_eq!(bearer.actor, Actor::Token { id: created.token.value.id, name: name("dashboard") });
    office.app.get_programme(&bearer, office.programme, None).await.expect("may read");
    let listed = office.app.list_tokens(&system(), Some(office.programme)).await.expect("a list");
    let stored = serde_json::to_string(&listed[0].value).expect("serialises");
    assert!(!stored.contains(&created.text.reveal()[4..20]), "{stored}");
}

async fn a_token_that_is_revoked_or_expired_or_mistyped_is_refused_alike(office: Office) {
    let created = office.app.create_token(&system(), reader(&office)).await.expect("a token");
    let text = created.text.reveal();
    let stranger = TokenText::from_secret(&[9; 32]);
    for wrong in ["", "scp_", "Bearer x", &text[..52], &text.to_uppercase(), stranger.reveal()] {
        assert_eq!(office.app.verify_token(wrong).await, Err(AppError::Unauthenticated), "{wrong}");
    }
    office.clock.set(at(2008, 7, 1));
    assert_eq!(office.app.verify_token(text).await, Err(AppError::Unauthenticated), "expired");
    office.clock.set(at(2008, 6, 4));
    office.app.verify_token(text).await.expect("accepted while it lasts");
    let id = created.token.value.id;
    office.app.revoke_token(&system(), Some(office.programme), id).await.expect("revoked");
    assert_eq!(office.app.verify_token(text).await, Err(AppError::Unauthenticated), "revoked");
    office.app.revoke_token(&system(), Some(office.programme), id).await.expect("revoked once more");
}

async fn a_clock_that_jumps_back_revives_no_revoked_token(office: Office) {
    let created = office.app.create_token(&system(), reader(&office)).await.expect("a token");
    let id = created.token.value.id;
    office.app.revoke_token(&system(), Some(office.programme), id).await.expect("revoked");
    office.clock.set(at(2007, 1, 1));
    assert_eq!(office.app.verify_token(created.text.reveal()).await, Err(AppError::Unauthenticated));
}

async fn a_programmes_administrator_makes_tokens_for_that_programme_only(office: Office) {
    let admin = office.caller(&[Scope::Admin]);
    office.app.create_token(&admin, reader(&office)).await.expect("for the own programme");
    let for_all = NewToken { programme: None, ..reader(&office) };
    let refusal = office.app.create_token(&admin, for_all.clone()).await;
    let missing = AppError::OfOneProgramme { needed: Scope::Admin };
    assert_eq!(refusal, Err(missing), "it has the scope: what is missing is the installation");
    let desk = caller(None, &[Scope::ProgrammeRead]);
    assert_eq!(
        office.app.create_token(&desk, for_all.clone()).await,
        Err(AppError::Forbidden { needed: Scope::Admin })
    );
    office.app.create_token(&system(), for_all).await.expect("by the program itself");
}

async fn a_token_without_scope_or_with_a_past_end_is_refused(office: Office) {
    let none = NewToken { scopes: BTreeSet::new(), ..reader(&office) };
    let past = NewToken { expires_at: Some(at(2008, 6, 4)), ..reader(&office) };
    for (request, path) in [(none, "/scopes"), (past, "/expires_at")] {
        let refusal = office.app.create_token(&system(), request).await;
        let Err(AppError::Invalid(fields)) = refusal else { panic!("{refusal:?}") };
        assert_eq!(fields[0].path, path);
    }
}
