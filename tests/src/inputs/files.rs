//! Files that offices keep, as an import reads them.

use std::collections::HashSet;

use sister_cities_app::import::{Known, Report, Request, Silent, Snapshot, plan};
use sister_cities_domain::id::{PlaceId, ProgrammeId, SeededIds};
use sister_cities_domain::import_run::{ImportContent, Mapping};
use sister_cities_domain::place::{NameRole, Place, PlaceLevel, PlaceName};
use sister_cities_domain::programme::{KindCatalogue, Policies, Programme};
use sister_cities_domain::value::Name;
use sister_cities_gazetteer::Gazetteer;

use super::parts;

/// A table of text. Its first letter says what it holds.
pub(super) fn take_delimited(bytes: &[u8]) {
    let Some((first, table)) = bytes.split_first() else { return };
    let contents = ImportContent::ALL;
    let content = contents.iter().copied().find(|content| content.as_str().as_bytes().first() == Some(first));
    import(content.unwrap_or(contents[usize::from(*first) % contents.len()]), table, "list.csv");
}

/// A file of vCards.
pub(super) fn take_cards(bytes: &[u8]) {
    import(ImportContent::Persons, bytes, "contacts.vcf");
}

/// A workbook, or its parts.
pub(super) fn take_workbook(bytes: &[u8]) {
    if parts::is_zip(bytes) {
        import(ImportContent::Partnerships, bytes, "list.xlsx");
    } else if let Some(workbook) = parts::zipped(&parts::parts(bytes)) {
        import(ImportContent::Partnerships, &workbook, "list.xlsx");
    }
}

/// Plans the import, and keeps what it says, as the server does.
pub(super) fn import(content: ImportContent, bytes: &[u8], file_name: &str) {
    let ids = SeededIds::new(1960);
    let request = Request {
        content,
        bytes,
        file_name: Some(file_name),
        mapping: &Mapping::default(),
        answers: &[],
        today: "2008-06-04".parse().expect("a day"),
    };
    match plan(&request, chicago(), Gazetteer::embedded(), &ids, &Silent) {
        Ok(plan) => {
            let kept = serde_json::to_vec(plan.report()).expect("a report can be kept");
            let read: Report = serde_json::from_slice(&kept).expect("what was kept can be read");
            assert_eq!(&read, plan.report());
        }
        Err(refused) => assert!(!refused.to_string().is_empty(), "a refusal says why"),
    }
}

/// Chicago's programme with nothing in it yet.
fn chicago() -> Snapshot {
    let ids = SeededIds::new(27);
    let id = ProgrammeId::next(&ids);
    let name = PlaceName::new(Name::new("Chicago").expect("a name"), NameRole::Official);
    let host = Place::new(PlaceId::next(&ids), id, PlaceLevel::City, name);
    let programme = Programme {
        id,
        name: Name::new("Chicago Sister Cities").expect("a name"),
        host: host.id,
        kinds: KindCatalogue::standard(),
        policies: Policies::default(),
        language: "en".parse().expect("English"),
        currency: "USD".parse().expect("dollars"),
    };
    Snapshot {
        programme,
        places: vec![Known { value: Box::new(host), revision: 1 }],
        partnerships: Vec::new(),
        with_agreement: HashSet::new(),
        engagements: Vec::new(),
        persons: Vec::new(),
    }
}
