//! What the server holds: the partnerships of Chicago, with a log of 49,000 engagements for some of them, and tokens for those who ask and those who attack.

use std::fmt::Write as _;
use std::fs;
use std::net::SocketAddr;
use std::path::Path;

use anyhow::{Context as _, ensure};
use serde_json::{Value, json};

use crate::drill::http::{Connection, Request};
use crate::drill::program::{Opening, Program};

/// Engagements in the log: just below the most lines of one file.
const ENGAGEMENTS: usize = 49_000;
/// The partner cities that they are of.
const CITIES: [(&str, &str); 8] = [
    ("Warsaw", "PL"),
    ("Milan", "IT"),
    ("Osaka", "JP"),
    ("Casablanca", "MA"),
    ("Hamburg", "DE"),
    ("Accra", "GH"),
    ("Toronto", "CA"),
    ("Galway", "IE"),
];
/// How many ask as an office does.
const GOOD: usize = 8;
/// How many attack with a token.
const BAD: usize = 24;

/// A programme, and who may ask for what.
#[derive(Debug)]
pub(super) struct Town {
    pub(super) programme: String,
    pub(super) good: Vec<String>,
    pub(super) bad: Vec<String>,
    /// All places, the host first.
    pub(super) places: Vec<String>,
    pub(super) partnerships: Vec<String>,
    engagements: Vec<String>,
}

impl Town {
    /// Fills an empty database.
    pub(super) fn set_up(
        program: &Program,
        opening: &Opening,
        folder: &Path,
        facts: &Path,
    ) -> anyhow::Result<Self> {
        program.run(opening, &["migrate"])?;
        let city = ["--city", "Chicago", "--country", "US", "--geonames", "4887398"];
        let made = program.json(opening, &[&["programmes", "create", "Siege"][..], &city].concat())?;
        let programme = text(&made, "id")?;
        let facts = facts.to_str().context("a path in UTF-8")?;
        program.run(opening, &["import", "partnerships", facts, "--apply"])?;
        let log = folder.join("log.csv");
        fs::write(&log, log_of(ENGAGEMENTS))?;
        program
            .run(opening, &["import", "engagements", log.to_str().context("a path in UTF-8")?, "--apply"])?;
        let token = |number: usize| {
            let name = format!("number {number}");
            let made = program.json(opening, &["token", "create", "--name", &name, "--scope", "admin"])?;
            text(&made, "token")
        };
        let good = (0..GOOD).map(token).collect::<anyhow::Result<_>>()?;
        let bad = (GOOD..GOOD + BAD).map(token).collect::<anyhow::Result<_>>()?;
        let (places, partnerships, engagements) = (Vec::new(), Vec::new(), Vec::new());
        Ok(Self { programme, good, bad, places, partnerships, engagements })
    }

    /// Asks a server for what is there.
    pub(super) fn look_around(&mut self, server: SocketAddr) -> anyhow::Result<()> {
        self.places = self.ids(server, "places?limit=100")?;
        self.partnerships = self.ids(server, "partnerships?limit=100")?;
        self.engagements = self.ids(server, "engagements?limit=100")?;
        ensure!(!self.places.is_empty() && !self.partnerships.is_empty(), "the programme is empty");
        ensure!(self.engagements.len() == 100, "the log was not imported");
        Ok(())
    }

    fn ids(&self, server: SocketAddr, what: &str) -> anyhow::Result<Vec<String>> {
        let path = self.path(what);
        let token = self.good.first().map_or("", String::as_str);
        let request = Request { method: "GET", path: &path, token, idempotency_key: None, body: "" };
        let answer = Connection::open(server)?.ask(request)?;
        ensure!(answer.status == 200, "{what}: {} {}", answer.status, answer.body);
        let page: Value = serde_json::from_str(&answer.body)?;
        page["items"].as_array().context("a page has items")?.iter().map(|item| text(item, "id")).collect()
    }

    /// A path below that of the programme.
    pub(super) fn path(&self, what: &str) -> String {
        format!("/v1/programmes/{}/{what}", self.programme)
    }

    /// What one of those who ask does over and over: looks something up, turns a page, logs a visit.
    pub(super) fn everyday(&self, number: usize) -> Vec<(&'static str, String, String)> {
        let engagement =
            |at: usize| self.path(&format!("engagements/{}", self.engagements[at % self.engagements.len()]));
        let partnership = &self.partnerships[number % self.partnerships.len()];
        let list = self.path(&format!("engagements?partnership={partnership}&limit=50"));
        let visit = json!({
            "partnership": partnership, "title": "A visit", "foci": ["culture"], "direction": "inbound", "start": "2026-11-30",
        });
        vec![
            ("GET", engagement(number), String::new()),
            ("GET", engagement(number + 50), String::new()),
            ("GET", list, String::new()),
            ("GET", self.path(&format!("partnerships/{partnership}")), String::new()),
            ("POST", self.path("engagements"), visit.to_string()),
        ]
    }
}

fn text(value: &Value, field: &str) -> anyhow::Result<String> {
    Ok(value[field].as_str().with_context(|| format!("no {field}"))?.to_owned())
}

/// A log as offices keep it, of so many lines.
pub(super) fn log_of(lines: usize) -> String {
    let mut log = String::from("city,country_code,date,direction,focus,title,happening\n");
    for line in 0..lines {
        let (city, country) = CITIES[line % CITIES.len()];
        let (year, month, day) = (1960 + line / CITIES.len() % 66, 1 + line / 7 % 12, 1 + line % 28);
        // Writing into a `String` cannot fail.
        let _ = writeln!(
            log,
            "{city},{country},{year}-{month:02}-{day:02},inbound,culture,Visit number {line},held"
        );
    }
    log
}
