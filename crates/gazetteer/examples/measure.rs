//! Measures what the crate promises: bytes in the program, and microseconds per question on one core, by kind of question.
//!
//! `cargo run --release -p sister-cities-gazetteer --example measure`

#![expect(clippy::print_stdout, reason = "a program for maintainers speaks on the terminal")]

use std::hint::black_box;
use std::time::Instant;

use sister_cities_gazetteer::{EMBEDDED_BYTES, Gazetteer, Query};

/// What was promised for one question, in microseconds.
const PROMISED: f64 = 50.0;

/// Kinds of questions, each with a few names and countries.
const QUESTIONS: &[(&str, &[(&str, &str)])] = &[
    (
        "official name",
        &[("Warsaw", "Poland"), ("Chicago", "United States"), ("Bogotá", "Colombia"), ("Lyon", "France")],
    ),
    ("folded", &[("BOGOTA", "Colombia"), ("zurich", "CH"), ("Malmo", "Sweden"), ("Lodz", "Poland")]),
    (
        "other name",
        &[("Kiev", "Ukraine"), ("Bombay", "India"), ("Lucerne", "Switzerland"), ("Petach Tikva", "Israel")],
    ),
    ("other script", &[("Київ", "Україна"), ("北京", "中国"), ("서울", "South Korea"), ("Αθήνα", "Ελλάδα")]),
    (
        "many bearers",
        &[
            ("San José", "Mexico"),
            ("Springfield", "USA"),
            ("Santa Cruz", "Philippines"),
            ("Birmingham", "US"),
        ],
    ),
    (
        "with region",
        &[
            ("Perth", "Scotland"),
            ("Hanover", "Lower Saxony, Germany"),
            ("Springfield, Illinois", "USA"),
            ("Chicago", "Illinois"),
        ],
    ),
    ("no country", &[("Birmingham", ""), ("San José", ""), ("Paris", ""), ("Київ", "")]),
    (
        "country one edit off",
        &[("Athens", "Greecce"), ("Almaty", "Kazakhstah"), ("Osaka", "Japa"), ("Warsaw", "Polnad")],
    ),
    (
        "one edit",
        &[("Birmigham", "UK"), ("Zaporizhhia", "Ukraine"), ("Chciago", "USA"), ("Gothenbrug", "Sweden")],
    ),
    (
        "unknown",
        &[
            ("Atlantis", "Greece"),
            ("Hinterschellenberg", "Liechtenstein"),
            ("Xyzzyplugh", "USA"),
            ("Anor", "France"),
        ],
    ),
];

fn main() {
    const ROUNDS: u32 = 2000;
    let start = Instant::now();
    let gazetteer = Gazetteer::embedded();
    println!("{:>9.1} µs to open", start.elapsed().as_secs_f64() * 1e6);
    println!("{EMBEDDED_BYTES:>9} bytes in the program");
    for (kind, questions) in QUESTIONS {
        let mut worst: f64 = 0.0;
        let mut sum = 0.0;
        let mut slowest = "";
        for (name, country) in *questions {
            let query = Query::new(name).in_country(country);
            let start = Instant::now();
            for _ in 0..ROUNDS {
                black_box(gazetteer.resolve(black_box(&query)));
            }
            let each = start.elapsed().as_secs_f64() * 1e6 / f64::from(ROUNDS);
            sum += each;
            if each > worst {
                (worst, slowest) = (each, name);
            }
        }
        let mean = sum / f64::from(u32::try_from(questions.len()).unwrap_or(1));
        let verdict = if worst < PROMISED { "" } else { "  SLOWER THAN PROMISED" };
        println!("{mean:>9.1} µs {kind} (slowest {worst:.1} µs: {slowest}){verdict}");
    }
}
