//! What people read: in their language, their script, by their clock.

use chrono::{NaiveDate, TimeZone as _, Utc};
use chrono_tz::Tz;
use sister_cities_domain::promise::ActionPointState;
use sister_cities_domain::value::{LanguageTag, Name, Title, ZonedTime};

use super::*;
use crate::message::*;

fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

fn title(text: &str) -> Title {
    Title::new(text).expect("a title")
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn language(tag: &str) -> LanguageTag {
    tag.parse().expect("a language")
}

fn address() -> ProductAddress {
    "https://twinning.example.org".parse().expect("an address")
}

fn reader(languages: &[&str], zone: Tz) -> Reader {
    let languages = languages.iter().map(|tag| language(tag)).collect();
    Reader { name: Some(name("Anna")), languages, zone }
}

fn ending(today: &str) -> Letter {
    Letter {
        message: Message::Reminder(Reminder {
            facts: DueFacts::AgreementEnding {
                agreement: title("Five-point plan"),
                partner: name("Birmingham"),
                ends: day("2026-12-31"),
            },
            due_on: day("2026-12-04"),
            today: day(today),
            stage: ReminderStage::Reminded,
        }),
        reason: Reason::Owner {},
        programme: name("Chicago Sister Cities"),
        open: Some("/partnerships/prt_01h455vb4pex5vsknk084sn02q".parse().expect("a path")),
        unsubscribe: Some("/unsubscribe/abc".parse().expect("a path")),
    }
}

fn told(message: Message) -> Letter {
    Letter { message, ..ending("2026-11-30") }
}

fn in_language(letter: &Letter, tag: &str) -> Composed {
    Catalogues::embedded().compose(letter, &reader(&[tag], Tz::Europe__Warsaw), None, &address())
}

#[test]
fn every_catalogue_says_everything_with_every_argument_and_nothing_more() {
    let found: Vec<String> = problems().iter().map(ToString::to_string).collect();
    assert!(found.is_empty(), "{} problems:\n{}", found.len(), found.join("\n"));
}

/// What a change of the Polish catalogue is told as.
fn broken(file: &str, from: &str, to: &str) -> Vec<String> {
    let english = catalogue::EMBEDDED.first().expect("English comes first");
    let (_, polish) = catalogue::EMBEDDED.iter().find(|(language, _)| *language == "pl").expect("Polish");
    let changed: Vec<(&str, String)> = polish
        .iter()
        .map(|(name, text)| {
            (*name, if *name == file { text.replacen(from, to, 1) } else { (*text).to_owned() })
        })
        .collect();
    assert!(changed.iter().zip(*polish).any(|(changed, polish)| changed.1 != polish.1), "{from} is nowhere");
    let changed: Vec<(&str, &str)> = changed.iter().map(|(name, text)| (*name, text.as_str())).collect();
    check::problems_in(&[*english, ("pl", &changed)]).iter().map(ToString::to_string).collect()
}

#[test]
fn a_catalogue_that_lacks_or_has_too_much_is_told_of_by_file_sentence_and_argument() {
    let told = [
        broken("phrases.ftl", "link-open = Otwórz\n", ""),
        broken(
            "due.ftl",
            "    .todo = Prosimy postanowić, jak to uczcić, i zawczasu zaprosić drugą stronę.\n",
            "",
        ),
        broken(
            "changes.ftl",
            ".subject = Partnerstwo zawieszone: { $partner }",
            ".subject = Partnerstwo zawieszone",
        ),
        broken(
            "changes.ftl",
            ".subject = Partnerstwo zawieszone: { $partner }",
            ".subject = { $partner } { $city }",
        ),
        broken("changes.ftl", "        [stalled] na razie wstrzymane.\n", ""),
        broken("phrases.ftl", "    [few] Pozostały { $days } dni.\n", ""),
        broken("phrases.ftl", "place = Miejsce: { $place }", "place = Miejsce: { $place }\npogoda = Słońce"),
        broken(
            "phrases.ftl",
            "place = Miejsce: { $place }",
            "place = { $place }\nplace = Miejsce: { $place }",
        ),
        broken("phrases.ftl", "place = Miejsce: { $place }", "place Miejsce"),
    ];
    insta::assert_snapshot!(told.map(|problems| problems.join("\n")).join("\n\n"));
}

#[test]
fn a_reminder_says_what_until_when_why_and_where() {
    let composed = in_language(&ending("2026-11-30"), "en");
    assert_eq!(composed.subject.as_str(), "Agreement with Birmingham is ending: please decide");
    insta::assert_snapshot!(composed.text);
}

#[test]
fn days_that_are_left_and_days_late_take_the_forms_of_the_language() {
    let line = |tag: &str, today: &str| {
        let text = in_language(&ending(today), tag).text;
        let lines: Vec<&str> = text.lines().filter(|line| line.contains("2026")).collect();
        lines.last().expect("a line with the day").trim_start_matches('\u{200f}').to_owned()
    };
    // Polish: one, few, many.
    assert_eq!(line("pl", "2026-12-03"), "Termin: piątek, 4 grudnia 2026. Pozostał jeden dzień.");
    assert_eq!(line("pl", "2026-12-02"), "Termin: piątek, 4 grudnia 2026. Pozostały 2 dni.");
    assert_eq!(line("pl", "2026-11-29"), "Termin: piątek, 4 grudnia 2026. Pozostało 5 dni.");
    assert_eq!(line("pl", "2026-11-12"), "Termin: piątek, 4 grudnia 2026. Pozostały 22 dni.");
    // Arabic: one, two, few, many, other; nothing is counted that is zero.
    assert_eq!(line("ar", "2026-12-03"), "الموعد: الجمعة، 4 ديسمبر 2026. بقي يوم واحد.");
    assert_eq!(line("ar", "2026-12-02"), "الموعد: الجمعة، 4 ديسمبر 2026. بقي يومان.");
    assert_eq!(line("ar", "2026-12-01"), "الموعد: الجمعة، 4 ديسمبر 2026. بقيت 3 أيام.");
    assert_eq!(line("ar", "2026-11-23"), "الموعد: الجمعة، 4 ديسمبر 2026. بقي 11 يومًا.");
    assert_eq!(line("ar", "2026-08-26"), "الموعد: الجمعة، 4 ديسمبر 2026. بقي 100 يوم.");
    assert_eq!(line("he", "2026-12-02"), "המועד: יום שישי, 4 בדצמבר 2026. נותרו יומיים.");
    assert_eq!(line("ja", "2026-12-01"), "期限は2026年12月4日（金）です。あと3日です。");
    assert_eq!(line("en", "2026-12-04"), "Due today, Friday, 4 December 2026.");
    assert_eq!(line("en", "2026-12-05"), "It was due on Friday, 4 December 2026 and is one day late.");
    assert_eq!(line("de", "2023-03-01"), "Fällig am Freitag, 4. Dezember 2026: noch 1.374 Tage.");
    assert_eq!(
        line("fr", "2023-03-01"),
        "À faire pour le vendredi 4 décembre 2026 : il reste 1\u{202f}374 jours."
    );
    assert_eq!(line("es", "2023-03-01"), "Para el viernes, 4 de diciembre de 2026: quedan 1374 días.");
}

#[test]
fn a_reader_is_told_in_the_first_of_their_languages_that_there_is() {
    let catalogues = Catalogues::embedded();
    let chosen = |reader: &[&str], programme: Option<&str>| {
        let reader: Vec<LanguageTag> = reader.iter().map(|tag| language(tag)).collect();
        catalogues.language_for(&reader, programme.map(language).as_ref()).to_string()
    };
    assert_eq!(chosen(&["fr-CA"], None), "fr");
    assert_eq!(chosen(&["eu", "es"], Some("fr")), "es");
    assert_eq!(chosen(&["eu"], Some("pl")), "pl");
    assert_eq!(chosen(&["eu"], Some("ka")), "en");
    assert_eq!(chosen(&[], None), "en");
    assert_eq!(chosen(&["de-CH", "fr"], Some("en")), "de");
}

#[test]
fn a_time_names_its_zone_and_stands_beside_the_readers_own() {
    let begins = |zone: Tz| {
        let local = day("2026-12-04").and_hms_opt(10, 0, 0).expect("a time");
        ZonedTime::new(local, zone).expect("no change of clocks")
    };
    let invited = |zone| {
        told(Message::Invitation(Invitation {
            facts: InvitationFacts::Asked { title: title("Signing"), begins: Begins::Time(begins(zone)) },
            place: Some(name("City Hall")),
        }))
    };
    let text = in_language(&invited(Tz::America__Chicago), "en").text;
    assert!(
        text.contains(
            "“Signing”: Friday, 4 December 2026, 10:00 (America/Chicago), which for you is Friday, 4 December 2026, 17:00 (Europe/Warsaw)."
        ),
        "{text}"
    );
    let text = in_language(&invited(Tz::Europe__Berlin), "en").text;
    assert!(text.contains("10:00 (Europe/Berlin)."), "the clocks agree: {text}");
    assert!(!text.contains("for you is"), "{text}");
    let failing = told(Message::Endpoint(EndpointFacts::Failing {
        endpoint: name("Intranet"),
        since: Utc.with_ymd_and_hms(2026, 7, 1, 22, 30, 0).single().expect("a time"),
        disabled_at: Utc.with_ymd_and_hms(2026, 12, 4, 9, 0, 0).single().expect("a time"),
    }));
    let text = in_language(&failing, "en").text;
    assert!(text.contains("since Thursday, 2 July 2026, 00:30 (Europe/Warsaw)."), "{text}");
    assert!(text.contains("by Friday, 4 December 2026, 10:00 (Europe/Warsaw);"), "{text}");
}

#[test]
fn names_stand_in_their_own_script_and_disturb_no_direction() {
    let of = |partner: &str, tag: &str| {
        in_language(
            &told(Message::Change(Change {
                facts: ChangeFacts::PartnershipAgreed { partner: name(partner) },
                on: Some("2026-12".parse().expect("a date")),
                by: None,
            })),
            tag,
        )
    };
    let arabic = of("Birmingham (2)", "ar");
    assert!(arabic.text.contains("مع \u{2068}Birmingham (2)\u{2069}."), "{:?}", arabic.text);
    assert!(arabic.html.contains("<bdi>Birmingham (2)</bdi>"), "{}", arabic.html);
    assert!(
        arabic.html.contains("<html lang=\"ar\" dir=\"rtl\">") && arabic.html.contains("text-align:right")
    );
    assert_eq!(
        arabic.subject.as_str(),
        "تم الاتفاق على الشراكة مع Birmingham (2)",
        "a subject holds no marks"
    );
    let lines: Vec<&str> = arabic.text.lines().filter(|line| line.chars().any(char::is_alphabetic)).collect();
    for line in lines.iter().filter(|line| !line.starts_with("http")) {
        assert!(line.starts_with('\u{200f}'), "{line:?} says from which side it is read");
    }
    let english = of("دبي", "en");
    assert!(english.text.contains("with \u{2068}دبي\u{2069} is agreed"), "{:?}", english.text);
    assert!(english.text.contains("Date: December 2026."), "{}", english.text);
    let english = of("Birmingham", "en");
    assert!(!english.text.contains('\u{2068}'), "no marks where none is needed: {:?}", english.text);
    assert!(
        of("Birmingham", "pl").text.contains("Data: grudzień 2026."),
        "a month without a day has another form"
    );
}

/// P31, P32: what a name holds is shown and never obeyed.
#[test]
fn a_name_is_shown_and_never_obeyed() {
    let partner = name("<script>alert(1)</script> & \"Sons\" { $partner }");
    let composed = in_language(
        &told(Message::Reminder(Reminder {
            facts: DueFacts::PartnershipFading { partner },
            due_on: day("2026-12-04"),
            today: day("2026-12-01"),
            stage: ReminderStage::Escalated { owner: Some(name("Bea")), days: 7 },
        })),
        "en",
    );
    assert!(!composed.html.contains("<script>"), "{}", composed.html);
    assert!(
        composed.html.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;Sons&quot; { $partner }")
    );
    assert!(
        composed.text.contains("Bea was asked to do this and has not answered for 7 days."),
        "{}",
        composed.text
    );
    assert!(composed.subject.as_str().starts_with("Unanswered: "));
    for outside in ["<img", "<link", "src=", "url(", "@import"] {
        assert!(!composed.html.contains(outside), "nothing is loaded from elsewhere: {outside}");
    }
}

#[test]
fn a_digest_goes_partnership_by_partnership_and_fits_a_mail() {
    let promise = |number: usize| Reminder {
        facts: DueFacts::PromiseDue {
            promise: title(&format!("{number} {}", "x".repeat(280))),
            partner: name("Birmingham"),
        },
        due_on: day("2026-12-04"),
        today: day("2026-11-30"),
        stage: ReminderStage::Reminded,
    };
    let step = Change {
        facts: ChangeFacts::ActionPointStepTaken {
            promise: title("Exchange of cooks"),
            partner: name("Kyiv"),
            state: ActionPointState::Done,
        },
        on: None,
        by: None,
    };
    let group =
        |called: Option<&str>, due, changes| DigestGroup { name: called.map(name), open: None, due, changes };
    let digest = |due: usize| {
        let groups = vec![
            group(Some("Kyiv"), Vec::new(), vec![step.clone()]),
            group(Some("Birmingham"), (0..due).map(promise).collect(), Vec::new()),
            group(None, Vec::new(), Vec::new()),
        ];
        let digest = Digest { rhythm: DigestRhythm::Weekly, day: day("2026-11-30"), groups };
        Letter { reason: Reason::Digest { programme: name("Chicago") }, ..told(Message::Digest(digest)) }
    };
    let composed = in_language(&digest(1), "en");
    assert_eq!(composed.subject.as_str(), "Your week from 30 November 2026: 2 items");
    assert!(
        composed.text.contains("== Kyiv ==\n\nChanged\n- “Exchange of cooks” with Kyiv is done.\n"),
        "{}",
        composed.text
    );
    assert!(!composed.text.contains("General"), "what says nothing is left out");
    let long = in_language(&digest(500), "ja");
    assert!(long.html.len() < 100_000, "{} bytes", long.html.len());
    assert!(long.text.contains("ほかに441件あります。"), "{}", long.text);
}

#[test]
fn an_office_replaces_a_sentence_and_adds_a_language() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    };
    write("de.ftl", "greeting = Moin { $name },\n");
    write("nl/ours.ftl", "greeting = Dag { $name },\ndate = { $day } { $month } { $year }\n");
    let catalogues = Catalogues::with_overrides(folder.path()).expect("right");
    let compose =
        |tag: &str| catalogues.compose(&ending("2026-11-30"), &reader(&[tag], Tz::UTC), None, &address());
    let german = compose("de");
    assert!(german.text.starts_with("Moin Anna,\n"), "{}", german.text);
    assert!(german.text.contains("endet am 31. Dezember 2026"), "the others stay: {}", german.text);
    let dutch = compose("nl");
    assert!(dutch.text.starts_with("Dag Anna,\n"), "{}", dutch.text);
    assert!(
        dutch.text.contains("ends on 31 December 2026"),
        "what it lacks is said in English: {}",
        dutch.text
    );
}

#[test]
fn what_an_office_writes_wrongly_is_refused_with_file_sentence_and_what_would_be_right() {
    let refused = |file: &str, text: &str| {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join(file), text).expect("written");
        Catalogues::with_overrides(folder.path()).expect_err(text).to_string()
    };
    let texts = [
        refused("de.ftl", "greeting = Moin { $nmae },\n"),
        refused("de.ftl", "greting = Moin,\n"),
        refused("de.ftl", "due-vacancy =\n    .titel = Frei\n"),
        refused("de.ftl", "greeting.subject = Moin\n"),
        refused("de.ftl", "greeting =\n    .subject = Moin\n"),
        refused("de.ftl", "greeting = { UPPER($name) }\n"),
        refused("de.ftl", "greeting = a\u{2068}b\n"),
        refused("German.text", "greeting = Moin\n"),
        refused("de.ftl", "greeting = Moin\n= x\n"),
    ];
    insta::assert_snapshot!(texts.join("\n\n"));
    let missing = std::path::Path::new("does/not/exist");
    assert!(matches!(Catalogues::with_overrides(missing), Err(CatalogueError::Read { .. })));
}

#[test]
fn every_message_is_told_in_every_language_whole_and_without_a_gap() {
    let catalogues = Catalogues::embedded();
    let samples = crate::testing::samples::samples();
    let shown: Vec<&str> = samples.iter().map(|sample| sample.name).collect();
    let with_subject = declared().filter(|declared| declared.parts.contains(&Part::Subject));
    for declared in with_subject {
        assert!(shown.contains(&declared.key), "{} is in no preview", declared.key);
    }
    for language in catalogues.languages() {
        for sample in &samples {
            let reader = crate::testing::samples::reader(language.clone());
            let composed = catalogues.compose(&sample.letter, &reader, None, &address());
            assert_eq!(composed.language, *language);
            for text in [composed.subject.as_str(), &composed.text, &composed.html] {
                assert!(!text.contains(['{', '}', '$']), "{language}: {}: {text}", sample.name);
            }
            assert!(composed.text.contains("https://twinning.example.org/unsubscribe/"), "{}", composed.text);
            let english = sample.letter.message.kind() == MessageKind::Test || language.language() == "en";
            assert!(
                english || !composed.text.contains("Please"),
                "{language}: {}: English in between",
                sample.name
            );
        }
    }
}
