//! What is fetched takes the place of what is there only if it is fit to.

use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use tempfile::TempDir;
use xshell::Shell;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::{DataSet, GAZETTEER, NOTIFICATION, run};

/// A workspace that holds nothing but vendored files, and a file that was fetched.
struct Workspace {
    root: TempDir,
    sh: Shell,
}

impl Workspace {
    fn with(files: &[(&str, &str)]) -> Self {
        let root = tempfile::tempdir().unwrap();
        let sh = Shell::new().unwrap();
        sh.change_dir(root.path());
        sh.create_dir(Path::new(GAZETTEER.folder).join("cldr")).unwrap();
        sh.create_dir(NOTIFICATION.folder).unwrap();
        for (name, text) in files {
            sh.write_file(Path::new(GAZETTEER.folder).join(name), text).unwrap();
        }
        Self { root, sh }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(GAZETTEER.folder).join(name)
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn unpacked(&self, name: &str) -> String {
        let mut text = String::new();
        GzDecoder::new(fs::File::open(self.path(name)).unwrap()).read_to_string(&mut text).unwrap();
        text
    }

    fn refresh(&self, data_set: DataSet, fetched: &[u8]) -> Result<(), String> {
        let file = self.root.path().join("fetched");
        fs::write(&file, fetched).unwrap();
        run(&self.sh, data_set, Some(&file)).map_err(|error| format!("{error:#}"))
    }
}

/// A line of the table of places.
fn place(id: u32, name: &str, [country, division, district]: [&str; 3], population: u32) -> String {
    format!(
        "{id}\t{name}\tascii\tother,names\t50.5\t-1.25\tP\tPPL\t{country}\t\t{division}\t{district}\t\t\t{population}\t\t9\tEurope/London\t2026-01-01\n"
    )
}

fn archive(member: &str, table: &str) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file(member, SimpleFileOptions::default()).unwrap();
    archive.write_all(table.as_bytes()).unwrap();
    archive.finish().unwrap().into_inner()
}

#[test]
fn places_come_by_population_with_the_districts_that_are_known() {
    let workspace = Workspace::with(&[(
        "districts.tsv",
        "country\tdivision\tcode\tname\tothers\nGB\tENG\tA7\tBirmingham\tWest Midlands\n",
    )]);
    let table = [
        place(2, "Small", ["GB", "ENG", "ZZ"], 5_000),
        place(9, "Birmingham", ["GB", "ENG", "A7"], 1_000_000),
        place(3, "Chicago", ["US", "IL", "031"], 2_700_000),
        place(1, "Smethwick", ["GB", "ENG", "A7"], 5_000),
    ];
    workspace.refresh(DataSet::Places, &archive("cities5000.txt", &table.concat())).unwrap();
    assert_eq!(
        workspace.unpacked("cities5000.tsv.gz"),
        "geonameid\tname\tlatitude\tlongitude\tcountrycode\tadmin1code\tpopulation\ttimezone\talternatenames\n\
         3\tChicago\t50.5\t-1.25\tUS\tIL\t2700000\tEurope/London\tother,names\n\
         9\tBirmingham\t50.5\t-1.25\tGB\tENG\t1000000\tEurope/London\tother,names\n\
         1\tSmethwick\t50.5\t-1.25\tGB\tENG\t5000\tEurope/London\tother,names\n\
         2\tSmall\t50.5\t-1.25\tGB\tENG\t5000\tEurope/London\tother,names\n"
    );
    assert_eq!(workspace.unpacked("place_districts.tsv.gz"), "geonameid\tcode\n1\tA7\n9\tA7\n");
}

#[test]
fn what_has_another_form_is_refused_with_what_was_expected_and_changes_nothing() {
    let files = [
        ("districts.tsv", "country\n"),
        ("admin1.json", "[]"),
        ("geonames_countries.json", "{}"),
        ("cldr/territories.de.json", "{}"),
    ];
    let workspace = Workspace::with(&files);
    let french = br#"{"main":{"fr":{"localeDisplayNames":{"territories":{"PL":"Pologne"}}}}}"#;
    for (data_set, fetched, expected) in [
        (DataSet::Places, b"<html>".to_vec(), "a ZIP archive was expected"),
        (DataSet::Places, archive("readme.txt", ""), "cities5000.txt was expected"),
        (DataSet::Places, archive("cities5000.txt", "1\tA\n"), "line 1: 19 columns were expected, not 2"),
        (DataSet::Divisions, b"<html>".to_vec(), "line 1: a code such as GB.ENG"),
        (DataSet::Countries, b"# none\nPL\tPOL\n".to_vec(), "line 2: a country with 18 columns"),
        (DataSet::CountryNames, b"<html>".to_vec(), "JSON was expected"),
        (DataSet::CountryNames, b"{}".to_vec(), "localeDisplayNames.territories` was expected"),
        (DataSet::CountryNames, french.to_vec(), "the names are in fr; there are files for de"),
    ] {
        let refused = workspace.refresh(data_set, &fetched).unwrap_err();
        assert!(refused.contains(expected) && refused.contains("nothing was changed"), "{refused}");
    }
    for (name, text) in files {
        assert_eq!(workspace.text(name), text);
    }
    assert!(!workspace.path("cities5000.tsv.gz").exists());
}

#[test]
fn what_has_more_than_a_fifth_fewer_entries_is_refused_and_a_fifth_is_not() {
    let division = |number: u32| format!("GB.{number}\tName {number}\tName {number}\t{number}\n");
    let table = |many: u32| (0..many).map(division).collect::<String>();
    let workspace = Workspace::with(&[]);
    workspace.refresh(DataSet::Divisions, table(10).as_bytes()).unwrap();
    let ten = workspace.text("admin1.json");
    for many in [7, 0] {
        let refused = workspace.refresh(DataSet::Divisions, table(many).as_bytes()).unwrap_err();
        assert!(refused.contains("nothing was changed") && refused.contains("admin1.json has"), "{refused}");
        assert_eq!(workspace.text("admin1.json"), ten);
    }
    workspace.refresh(DataSet::Divisions, table(8).as_bytes()).unwrap();
    assert!(workspace.text("admin1.json").starts_with("[\n{\"code\":\"GB.0\",\"name\":\"Name 0\"},\n"));
}

#[test]
fn a_country_keeps_its_texts_and_numbers_and_comments_are_left_out() {
    let workspace = Workspace::with(&[]);
    let table = "#ISO\tISO3\nVA\tVAT\t336\tVT\tVatican\tVatican City\t0.44\t921\tEU\t.va\tEUR\tEuro\t379\t#####\t^(\\d{5})$\tla,it\t3164670\tIT\t\n\
                 AD\tAND\t020\tAN\tAndorra\tAndorra la Vella\t468\t77006\tEU\t.ad\tEUR\tEuro\t376\tAD###\t\tca\t3041565\tES,FR\t\n";
    workspace.refresh(DataSet::Countries, table.as_bytes()).unwrap();
    let text = workspace.text("geonames_countries.json");
    let countries: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(countries["VA"]["capital"], "Vatican City");
    assert_eq!(countries["VA"]["areakm2"], 0.44);
    assert_eq!(countries["AD"]["isonumeric"], 20);
    assert_eq!(countries["AD"]["neighbours"], "ES,FR");
    assert_eq!(text.lines().count(), 4, "{text}");
}

#[test]
fn names_in_a_language_are_kept_as_they_come_and_the_same_file_is_nothing_new() {
    let names = |name: &str| {
        format!(
            "{{\"main\": {{\"de\": {{\"localeDisplayNames\": {{\"territories\": {{\"PL\": \"{name}\"}}}}}}}}}}"
        )
    };
    let workspace = Workspace::with(&[("cldr/territories.de.json", &names("Polen"))]);
    workspace.refresh(DataSet::CountryNames, names("Republik Polen").as_bytes()).unwrap();
    assert_eq!(workspace.text("cldr/territories.de.json"), names("Republik Polen"));
    let changed = fs::metadata(workspace.path("cldr/territories.de.json")).unwrap().modified().unwrap();
    workspace.refresh(DataSet::CountryNames, names("Republik Polen").as_bytes()).unwrap();
    assert_eq!(
        fs::metadata(workspace.path("cldr/territories.de.json")).unwrap().modified().unwrap(),
        changed
    );
    assert!(!workspace.path("cldr/territories.de.json.part").exists());
}

#[test]
fn holidays_are_a_code_and_numbers_of_days_or_refused() {
    let workspace = Workspace::with(&[]);
    let table = "AD 0 5 56 11 35\nAE 0 88 1 1 65\n";
    workspace.refresh(DataSet::PublicHolidays, table.as_bytes()).unwrap();
    let file = workspace.root.path().join(NOTIFICATION.folder).join("public_holidays.txt");
    for wrong in ["AD 0 5 56 11\n", "AND 0 5 56 11 35\n", "AD 0 5 56 11 x\n", "\n", ""] {
        let refused = workspace.refresh(DataSet::PublicHolidays, wrong.as_bytes()).unwrap_err();
        assert!(refused.contains("nothing was changed"), "{refused}");
    }
    assert_eq!(fs::read_to_string(file).unwrap(), table);
}

#[test]
fn without_a_network_it_says_so_and_what_else_could_be_done() {
    let workspace = Workspace::with(&[]);
    let nobody_listens = ["https://127.0.0.1:1/countryInfo.txt".to_owned()];
    let refused = super::fetch(&workspace.sh, &nobody_listens, workspace.root.path()).unwrap_err();
    let refused = format!("{refused:#}");
    let is_told =
        refused.contains("could not be fetched, and nothing was changed") && refused.contains("--from FILE");
    assert!(is_told || refused.contains("apt-get install curl"), "{refused}");
}
