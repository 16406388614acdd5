//! An example for every command, first in its help: what a person would type.

use clap::{Arg, Command};

/// The examples, without the name of the program. The first that begins with a command's words is its own, and that of all above it.
const EXAMPLES: &[&str] = &[
    "overview",
    "serve --database sqlite:office.db",
    "worker --database sqlite:office.db",
    "demo",
    "migrate --database sqlite:office.db",
    "token create --name dashboard --scope programme:read --days 365",
    "token list",
    "token revoke tok_01kdvt6g00cevxk7q9gfs0mhpb",
    "audit verify --database sqlite:office.db",
    "keys rotate --master-key-file office.key",
    "keys rewrap --master-key-file new.key --old-master-key-file office.key",
    r#"erase person --name "Jane Doe" --dry-run"#,
    "backup create office-2026-12-01.backup",
    "backup verify office-2026-12-01.backup",
    "backup restore office-2026-12-01.backup --database sqlite:restored.db",
    "import partnerships partners.xlsx --dry-run",
    "import engagements diary.csv --apply",
    "import coverage coverage.csv --apply",
    "import persons contacts.csv --apply",
    "import bulk places.csv --rows resolved.csv",
    "programmes list",
    r#"programmes create "Chicago Sister Cities" --city Chicago --country US --currency USD"#,
    "programmes show",
    r#"programmes set --name "Chicago Sister Cities International""#,
    "programmes kinds list",
    r#"programmes kinds set county-tie --name "en=county tie" --headline not_counted"#,
    "programmes kinds remove county-tie",
    "programmes policies show",
    "programmes policies set due.touch_every_months=6 vitality.half_life_days=900",
    "programmes export Chicago chicago.archive",
    "programmes import chicago.archive --database sqlite:other.db",
    "mail receive",
    "imports list --state applied",
    "imports show imp_01kdvt6g00cevxk7q9gfs0mhpb",
    "imports lines imp_01kdvt6g00cevxk7q9gfs0mhpb --open",
    "imports questions imp_01kdvt6g00cevxk7q9gfs0mhpb",
    "imports left",
    "imports report imp_01kdvt6g00cevxk7q9gfs0mhpb",
    "imports delete imp_01kdvt6g00cevxk7q9gfs0mhpb",
    "imports kept",
    "imports apply imp_01kdvt6g00cevxk7q9gfs0mhpb --apply",
    "imports undo imp_01kdvt6g00cevxk7q9gfs0mhpb",
    "due",
    "due touches",
    "due snooze hpb --until 2027-01-31",
    r#"due hand hpb --office "Head of Protocol""#,
    r#"due done hpb "The letter went out.""#,
    "places list --country PL",
    "places show Kyiv",
    "places add Lviv --country Ukraine",
    "places edit Lviv --add-name Lemberg --name-role former --clear people",
    "partnerships list --status suspended",
    "partnerships show Casablanca",
    r#"partnerships add Lviv --country Ukraine --kind sister-city --since 2026-05-17 --source "Resolution R2026-7""#,
    r#"partnerships change Casablanca --began 1982-05 --source "Casablanca's own page""#,
    r#"partnerships decide Shenyang conclude --on 2026-11-01 --authority "City Council" --note "by consent""#,
    r#"partnerships suspend Shenyang --on 2026-11-01 --authority "City Council" --condition "until the review is done""#,
    r#"partnerships resume Shenyang --on 2026-11-20 --authority "City Council""#,
    r#"partnerships reaffirm Casablanca --on 2026-06-04 --source "Joint declaration""#,
    r#"partnerships record Accra --from 1988 --source "the office's own files""#,
    "agreements list --partnership Casablanca",
    "agreements put-text agr_01kdvt6g00cevxk7q9gfs0mhpb signed.pdf",
    "agreements get-text agr_01kdvt6g00cevxk7q9gfs0mhpb agreement.pdf --version 2",
    r#"agreements add Sydney --title "Memorandum on harbours" --text draft.pdf --open-ended --notice-months 6"#,
    "agreements add-version agr_01kdvt6g00cevxk7q9gfs0mhpb --amends 1 --ends-on 2030-12-31",
    "agreements propose agr_01kdvt6g00cevxk7q9gfs0mhpb --on 2026-01-10",
    r#"agreements approve agr_01kdvt6g00cevxk7q9gfs0mhpb --by Chicago --basis resolved --body "City Council" --reference R2026-7"#,
    r#"agreements withdraw agr_01kdvt6g00cevxk7q9gfs0mhpb --reason "The council wants another text.""#,
    r#"agreements give-notice agr_01kdvt6g00cevxk7q9gfs0mhpb --by Sydney --on 2026-04-01 --authority "Lord Mayor""#,
    r#"agreements sign agr_01kdvt6g00cevxk7q9gfs0mhpb --by Chicago --person "R. Daley" --office Mayor --rank highest_elected --on 2026-03-01"#,
    "agreements show agr_01kdvt6g00cevxk7q9gfs0mhpb",
    "plans list --partnership Birmingham",
    r#"plans show "Five promises""#,
    "plans points --due-by 2027-01-31",
    r#"plans add Birmingham --title "Five promises" --agreed-on 2008-06-04"#,
    r#"plans add-point "Five promises" --title "Write the study" --host "Head of Employment" --due 2009-03"#,
    r#"plans add-lines minutes.csv --plan "Five promises" --dry-run"#,
    "plans reawaken Accra",
    r#"plans remove "Five promises" --point 3"#,
    r#"plans step "Five promises" 1 complete --evidence "The study, March 2009""#,
    r#"plans check "Five promises" --remark "Two points are late.""#,
    "engagements list --partnership Casablanca --from 2025-01-01",
    r#"engagements show "Harbour engineers""#,
    r#"engagements add Sydney --title "Harbour engineers visit" --focus business --direction inbound --start 2026-10"#,
    r#"engagements edit "Harbour engineers" --end 2026-10-20 --people counterpart:delegate=4"#,
    r#"engagements questions "Harbour engineers""#,
    r#"engagements answer "Harbour engineers" nothing_yet --side host --after 6_months"#,
    r#"engagements invite "Harbour engineers" --person Kowalska"#,
    r#"engagements care "Harbour engineers" --set "Two vegetarians, one wheelchair""#,
    "committees list",
    r#"committees show "Birmingham Committee""#,
    r#"committees add "Birmingham Committee" --partnership Birmingham --seats 12 --term-months 36"#,
    r#"committees edit "Birmingham Committee" --seats 14 --clear term-months"#,
    r#"committees remove "Birmingham Committee""#,
    r#"roles list --committee "Birmingham Committee""#,
    "roles show rol_01kdvt6g00cevxk7q9gfs0mhpb",
    r#"roles add chair --committee "Birmingham Committee" --person Kowalska --from 2026-01"#,
    "roles edit rol_01kdvt6g00cevxk7q9gfs0mhpb --term-end 2028-12-31",
    "roles remove rol_01kdvt6g00cevxk7q9gfs0mhpb",
    "roles end rol_01kdvt6g00cevxk7q9gfs0mhpb --on 2026-06-30 --successor rol_01kdvt6g00cevxk7q9gfs0mhpc",
    "outcomes list --partnership Birmingham",
    r#"outcomes show "Two contracts""#,
    r#"outcomes add jobs --partnership Birmingham --title "Found work" --value "12.5 jobs""#,
    r#"outcomes grade "Found work" document --evidence "Annual report 2009""#,
    "outcomes totals --partnership Birmingham",
    "organisations list --name Aston",
    r#"organisations show "Aston University""#,
    r#"organisations add "Aston University" --kind school --place Birmingham"#,
    r#"organisations edit "Aston University" --website https://www.aston.ac.uk/"#,
    "persons list --name Kow",
    "persons show Kowalska",
    r#"persons add "Maria Kowalska" --email maria@example.org --language pl"#,
    "persons edit Kowalska --email m.kowalska@example.org --remove-email maria@example.org",
    r#"persons reading Kowalska --rhythm weekly --reading-hours "Mo-Fr 09:00-17:00""#,
    "persons duplicates",
    "persons merge Kowalska per_01kdvt6g00cevxk7q9gfs0mhpb",
    "persons keep-apart Kowalska per_01kdvt6g00cevxk7q9gfs0mhpb",
    "persons unmerge Kowalska per_01kdvt6g00cevxk7q9gfs0mhpb",
    "practices list --topic workforce",
    r#"practices show "One door""#,
    r#"practices add "One door for job seekers" --place Birmingham --topic workforce --since 2004"#,
    r#"practices edit "One door" --cost "250000.00 GBP" --cost-words "a year, for one house""#,
    r#"practices remove "One door""#,
    "adoptions list --practice prc_01kdvt6g00cevxk7q9gfs0mhpb",
    r#"adoptions show "One door""#,
    r#"adoptions add "One door" --by Chicago --offered-on 2008-06-04"#,
    r#"adoptions step "One door" evaluate --verdict worked --evidence "1,000 found work""#,
    r#"adoptions remove "One door""#,
    "learning --partnership Birmingham",
    "topics",
    "handover Birmingham --html handover.html",
    "indicators list",
    r#"indicators show "Jobs found""#,
    r#"indicators add "Jobs found" --partnership Birmingham --baseline 0 --baseline-year 2008"#,
    r#"indicators report "Jobs found" --start 2009-01-01 --end 2009-12-31 --target 100 --actual 87.5"#,
    "indicators export --partnership Birmingham --file results.xml",
    "rates list --kind volunteer_hour",
    r#"rates add volunteer_hour "23.07 USD" --country US --from 2014-01-01 --source "Independent Sector, 2015""#,
    "rates value --kind volunteer_hour --quantity 120 --on 2014-05-01 --place Chicago",
    "webhooks list",
    "webhooks show whe_01kdvt6g00cevxk7q9gfs0mhpb",
    r#"webhooks add https://hooks.example.org/sister-cities --event "partnership.*""#,
    "webhooks secret whe_01kdvt6g00cevxk7q9gfs0mhpb",
    "webhooks rotate whe_01kdvt6g00cevxk7q9gfs0mhpb",
    "webhooks disable whe_01kdvt6g00cevxk7q9gfs0mhpb",
    "webhooks enable whe_01kdvt6g00cevxk7q9gfs0mhpb",
    "webhooks ping whe_01kdvt6g00cevxk7q9gfs0mhpb",
    "webhooks remove whe_01kdvt6g00cevxk7q9gfs0mhpb",
    "subscriptions list --person Kowalska",
    r#"subscriptions add Kowalska --event "agreement.*" --rhythm daily"#,
    "subscriptions remove sub_01kdvt6g00cevxk7q9gfs0mhpb",
    "calendars list",
    "calendars add partnership Birmingham",
    "calendars link cal_01kdvt6g00cevxk7q9gfs0mhpb",
    "calendars remove cal_01kdvt6g00cevxk7q9gfs0mhpb",
    "calendars import https://example.org/visits.ics --partnership Sydney",
    "notifications list --person Kowalska --unread",
    "notifications told --event 1024",
    "notifications read --person Kowalska",
    "notifications test email --to Kowalska",
    "deliveries list --recipient per_01kdvt6g00cevxk7q9gfs0mhpb",
    "deliveries show dlv_01kdvt6g00cevxk7q9gfs0mhpb",
    "deliveries resend --to Kowalska",
    "count --as-of 2008-06-04",
    "vitality Casablanca",
    "search harbour",
    "journal --limit 20 --changes",
    "history prt_01kdvt6g00cevxk7q9gfs0mhpb",
    "share links",
    "share link prg_01kdvt6g00cevxk7q9gfs0mhpb --partnership Birmingham",
    "share unlink lnk_01kdvt6g00cevxk7q9gfs0mhpb",
    "share list",
    r#"share add eng_01kdvt6g00cevxk7q9gfs0mhpb --title "Harbour engineers visit""#,
    "share renew shr_01kdvt6g00cevxk7q9gfs0mhpb",
    "share withdraw shr_01kdvt6g00cevxk7q9gfs0mhpb",
    "share received",
    "config check server.toml",
    "profiles list",
    "profiles show chicago",
    "completions bash",
];

/// The command with an example first in the help of each command.
pub(super) fn with_examples(command: Command) -> Command {
    with_example(command, "")
}

fn with_example(command: Command, words: &str) -> Command {
    let command = match example(words) {
        Some(example) => command.before_help(format!("Example: sister-cities {example}")),
        None => command,
    };
    command.mut_subcommands(|below| {
        let words = format!("{words} {}", below.get_name());
        with_example(below, words.trim_start())
    })
}

/// The example of the command with these words.
fn example(words: &str) -> Option<&'static str> {
    let is_of = |example: &&str| {
        let rest = example.strip_prefix(words);
        words.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    EXAMPLES.iter().copied().find(is_of)
}

/// The command whose options of every command are listed once, in the help of the program itself; elsewhere it is said where.
pub(super) fn with_common_options_once(command: Command) -> Command {
    let common: Vec<Arg> = command.get_arguments().filter(|one| one.is_global_set()).cloned().collect();
    command.mut_subcommands(|below| without_common_options(below, &common))
}

fn without_common_options(command: Command, common: &[Arg]) -> Command {
    let own = command.get_after_help().map(|own| format!("{own}\n\n")).unwrap_or_default();
    let hidden = common.iter().map(|argument| argument.clone().hide(true));
    command
        .args(hidden)
        .after_help(format!("{own}Options of every command: sister-cities --help"))
        .mut_subcommands(|below| without_common_options(below, common))
}

#[cfg(test)]
mod tests {
    use clap::{ArgMatches, Command};

    use super::EXAMPLES;
    use crate::args::command;

    /// Takes a line apart as a shell does, as far as examples need it.
    fn words(line: &str) -> Vec<String> {
        let quoted = line.split('"').enumerate();
        let mut words = vec![String::new()];
        for (at, part) in quoted {
            if at % 2 == 1 {
                words.last_mut().expect("a word").push_str(part);
                continue;
            }
            for (at, word) in part.split(' ').enumerate() {
                if at > 0 {
                    words.push(String::new());
                }
                words.last_mut().expect("a word").push_str(word);
            }
        }
        words
    }

    /// The words of the command that was chosen.
    fn chosen(matches: &ArgMatches) -> String {
        let Some((name, below)) = matches.subcommand() else { return String::new() };
        format!("{name} {}", chosen(below)).trim_end().to_owned()
    }

    #[test]
    fn every_example_is_a_command_line_that_is_understood() {
        let mut wrong = Vec::new();
        for example in EXAMPLES {
            let line = words(&format!("sister-cities {example}"));
            match command().try_get_matches_from(line).map(|matches| chosen(&matches)) {
                Ok(chosen) if super::example(&chosen) == Some(*example) => {}
                Ok(chosen) => wrong.push(format!("{example}: {chosen} has another example")),
                Err(error) => wrong.push(format!("{example}: {error}")),
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn every_command_has_an_example_first_in_its_help_and_leaves_the_common_options_to_that_of_the_program() {
        fn walk(command: &Command, path: &str, seen: &mut usize) {
            for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
                let path = format!("{path} {}", below.get_name());
                let help = below.clone().render_help().to_string();
                assert!(help.starts_with(&format!("Example: sister-cities{path}")), "{path}: {help}");
                let long = below.clone().render_long_help().to_string();
                for help in [help, long] {
                    assert!(!help.contains("--owner-database"), "{path}: {help}");
                    assert!(help.contains("sister-cities --help"), "{path}: {help}");
                }
                *seen += 1;
                walk(below, &path, seen);
            }
        }
        let (mut program, mut seen) = (command(), 0);
        walk(&program, "", &mut seen);
        assert!(seen > 150, "{seen}");
        let help = program.render_help().to_string();
        assert_eq!(help.matches("--owner-database").count(), 1, "{help}");
    }
}
