//! Tests of who may do what.

use chrono::TimeZone;

use super::*;
use crate::id::SeededIds;
use crate::value::{InvalidValue, NamedEnum};

fn grant(programme: Option<ProgrammeId>, scopes: impl IntoIterator<Item = Scope>) -> Grant {
    Grant { programme, scopes: scopes.into_iter().collect() }
}

#[test]
fn every_scope_permits_itself_and_nothing_else_but_admin_permits_all() {
    let programme = Some(ProgrammeId::next(&SeededIds::new(1)));
    for held in Scope::ALL {
        for needed in Scope::ALL {
            let permitted = held == needed || held == Scope::Admin;
            for own in [None, programme] {
                let answer = may(&grant(own, [held]), needed, programme);
                assert_eq!(answer.is_ok(), permitted, "{held} asked for {needed}");
            }
        }
    }
}

#[test]
fn a_grant_for_one_programme_is_none_for_another_nor_for_all() {
    let ids = SeededIds::new(1);
    let (ours, theirs) = (ProgrammeId::next(&ids), ProgrammeId::next(&ids));
    for held in Scope::ALL {
        let grant = grant(Some(ours), [held]);
        assert_eq!(may(&grant, held, Some(theirs)), Err(Denied::OtherProgramme));
        assert_eq!(may(&grant, held, None), Err(Denied::OtherProgramme));
    }
}

#[test]
fn a_refusal_names_the_scope_it_takes() {
    let refusal = may(&grant(None, []), Scope::JournalRead, None).expect_err("no scope");
    assert_eq!(refusal.to_string(), "this needs the scope journal:read");
}

#[test]
fn scopes_are_read_and_stored_by_the_names_they_show() {
    for scope in Scope::ALL {
        assert_eq!(scope.as_str().parse(), Ok(scope));
        assert_eq!(serde_json::to_string(&scope).expect("serialises"), format!("\"{scope}\""));
    }
    assert_eq!("root".parse::<Scope>(), Err(InvalidValue::unknown("root", <Scope as NamedEnum>::EXPECTED)));
}

#[test]
fn a_token_is_accepted_until_it_expires_or_is_revoked() {
    let hour = |hour| chrono::Utc.with_ymd_and_hms(2026, 1, 1, hour, 0, 0).single().expect("an hour");
    let mut token = AccessToken {
        id: TokenId::next(&SeededIds::new(1)),
        programme: None,
        name: Name::new("desk").expect("a name"),
        hash: TokenHash::from_bytes([7; 32]),
        scopes: BTreeSet::from([Scope::ProgrammeRead]),
        created_at: hour(0),
        expires_at: Some(hour(2)),
        revoked_at: None,
    };
    assert!(token.is_accepted(hour(1)) && !token.is_accepted(hour(2)));
    assert_eq!(token.caller().actor, Actor::Token { id: token.id, name: token.name.clone() });
    token.revoked_at = Some(hour(5));
    assert!(!token.is_accepted(hour(1)), "a clock that jumps back revives no token");
}

#[test]
fn a_hash_is_64_lower_case_digits_and_is_not_shown_in_logs() {
    let hash = TokenHash::from_bytes([0xab; 32]);
    assert_eq!(hash.to_string().parse(), Ok(hash));
    assert_eq!(format!("{hash:?}"), "***");
    for text in
        ["", "ab", &"AB".repeat(32), &"é".repeat(32), &"ab".repeat(33), &format!("{}a", "ab".repeat(32))]
    {
        assert!(text.parse::<TokenHash>().is_err(), "{text}");
    }
}
