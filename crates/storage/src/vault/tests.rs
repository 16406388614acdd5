//! Master keys, and what no file holds.

use sister_cities_domain::id::ProgrammeId;
use uuid::Uuid;

use super::key::DataKey;
use super::{BadMasterKey, MasterKey, WrappedKey};
use crate::Realm;

const GOOD: &str = "3f9a0c11d27be48867aa50c93e1f7d04b6c85e2290fd13a7714cd9e80b6235ef";

#[test]
fn a_master_key_is_64_random_digits_and_never_shown() {
    let key = MasterKey::from_text(&format!(" {GOOD}\n")).expect("a key");
    assert_eq!(format!("{key:?}"), "MasterKey(***)");
    for form in ["", "secret", &GOOD[1..], &format!("{GOOD}00"), &GOOD.replace('f', "g"), &"é".repeat(32)] {
        assert_eq!(MasterKey::from_text(form), Err(BadMasterKey::Form), "{form}");
    }
    let counting = (0..32_u8).fold(String::new(), |digits, byte| digits + &format!("{byte:02x}"));
    for guessed in ["0".repeat(64), "deadbeef".repeat(8), "0123456789abcdef".repeat(4), counting] {
        assert_eq!(MasterKey::from_text(&guessed), Err(BadMasterKey::NotRandom), "{guessed}");
    }
}

#[test]
fn a_data_key_opens_only_with_its_master_key_in_its_realm_under_its_number() {
    let master = MasterKey::from_text(GOOD).expect("a key");
    let realm = Realm::Programme(ProgrammeId::from_uuid(Uuid::max()));
    let data = DataKey::random().expect("a key");
    let wrapped = master.wrap(realm, 1, &data).expect("wrapped");
    let stored = |number, wrapped: &[u8]| WrappedKey {
        number,
        wrapped: wrapped.to_vec(),
        made_at: crate::conformance::sample::now(),
    };
    assert!(master.unwrap(realm, &stored(1, &wrapped)).is_some());
    assert!(master.unwrap(realm, &stored(2, &wrapped)).is_none(), "another number");
    assert!(master.unwrap(Realm::Installation, &stored(1, &wrapped)).is_none(), "another realm");
    let mut forged = wrapped.clone();
    forged[30] ^= 1;
    assert!(master.unwrap(realm, &stored(1, &forged)).is_none(), "a changed bit");
    assert!(master.unwrap(realm, &stored(1, &wrapped[..10])).is_none(), "cut off");
    let other = MasterKey::from_text(&GOOD.replace('3', "4")).expect("a key");
    assert!(other.unwrap(realm, &stored(1, &wrapped)).is_none(), "another master key");
}
