//! What the API can be asked for can be asked for here.

use clap::CommandFactory as _;
use sister_cities_client::api::registry;

use super::Cli;

#[test]
fn every_parameter_of_a_list_or_a_read_is_an_option() {
    let paging = ["limit", "cursor"];
    let mut options = 0;
    for (endpoint, words) in [
        ("list_places", &["places", "list"][..]),
        ("get_place", &["places", "show"]),
        ("list_partnerships", &["partnerships", "list"]),
        ("get_partnership", &["partnerships", "show"]),
        ("list_agreements", &["agreements", "list"]),
        ("get_agreement", &["agreements", "show"]),
        ("list_engagements", &["engagements", "list"]),
        ("get_engagement", &["engagements", "show"]),
        ("list_committees", &["committees", "list"]),
        ("get_vacancies", &["committees", "show"]),
        ("list_roles", &["roles", "list"]),
        ("get_partnership_handover", &["handover"]),
        ("get_role", &["roles", "show"]),
        ("list_practices", &["practices", "list"]),
        ("get_practice", &["practices", "show"]),
        ("list_adoptions", &["adoptions", "list"]),
        ("get_adoption", &["adoptions", "show"]),
        ("list_learning", &["learning"]),
        ("list_due", &["due"]),
        ("list_imports", &["imports", "list"]),
        ("get_import", &["imports", "show"]),
        ("list_outcomes", &["outcomes", "list"]),
        ("get_outcome", &["outcomes", "show"]),
        ("total_outcomes", &["outcomes", "totals"]),
        ("list_indicators", &["indicators", "list"]),
        ("get_indicator", &["indicators", "show"]),
        ("list_valuation_rates", &["rates", "list"]),
        ("list_webhook_endpoints", &["webhooks", "list"]),
        ("list_subscriptions", &["subscriptions", "list"]),
        ("list_calendar_feeds", &["calendars", "list"]),
        ("list_deliveries", &["deliveries", "list"]),
        ("list_told_notifications", &["notifications", "told"]),
        ("value_quantity", &["rates", "value"]),
        ("get_outcome_questions", &["engagements", "questions"]),
        ("count_partnerships", &["count"]),
        ("list_counted_partnerships", &["count"]),
        ("count_exchanges", &["count"]),
        ("get_vitality", &["vitality"]),
    ] {
        let all = registry();
        let endpoint = all.iter().find(|known| known.name == endpoint).expect("an endpoint");
        let program = Cli::command();
        let command = words.iter().fold(&program, |command, word| {
            command.find_subcommand(word).unwrap_or_else(|| panic!("there is no {word}"))
        });
        for parameter in endpoint.query_parameters.iter().filter(|known| !paging.contains(&known.name)) {
            let option = parameter.name.replace('_', "-");
            let found = command.get_arguments().any(|known| known.get_long() == Some(option.as_str()));
            assert!(found, "{} has no --{option}", words.join(" "));
            options += 1;
        }
    }
    assert!(options > 40, "{options}");
}

#[test]
fn the_options_of_every_command_are_as_they_were() {
    let mut shown = String::new();
    options(&Cli::command(), "", &mut shown);
    insta::assert_snapshot!(shown);
}

/// One line for each command without commands of its own: what it takes, in alphabetical order.
fn options(command: &clap::Command, above: &str, out: &mut String) {
    for below in command.get_subcommands() {
        let path = format!("{above}{} ", below.get_name());
        options(below, &path, out);
        if below.has_subcommands() {
            continue;
        }
        let mut taken: Vec<String> = below
            .get_arguments()
            .map(|argument| {
                let many = if matches!(argument.get_action(), clap::ArgAction::Append) { "…" } else { "" };
                let must = if argument.is_required_set() { "!" } else { "" };
                match argument.get_long() {
                    Some(long) => format!("--{long}{many}{must}"),
                    None => format!("<{}>{many}{must}", argument.get_id()),
                }
            })
            .collect();
        taken.sort();
        out.push_str(&path);
        out.push_str(&taken.join(" "));
        out.push('\n');
    }
}

/// Two of one name are one for the parser: the address of a webhook was once taken for that of the server.
#[test]
fn no_command_has_an_argument_by_the_name_of_one_that_every_command_has() {
    fn shadows(command: &clap::Command, everywhere: &[clap::Id], above: &str, found: &mut Vec<String>) {
        for inner in command.get_subcommands() {
            let name = format!("{above} {}", inner.get_name());
            let arguments = inner.get_arguments().filter(|argument| everywhere.contains(argument.get_id()));
            found.extend(arguments.map(|argument| format!("{name}: {}", argument.get_id())));
            shadows(inner, everywhere, &name, found);
        }
    }
    let command = Cli::command();
    let everywhere = command.get_arguments().filter(|argument| argument.is_global_set());
    let everywhere: Vec<clap::Id> = everywhere.map(|argument| argument.get_id().clone()).collect();
    assert!(everywhere.len() > 5, "{everywhere:?}");
    let mut found = Vec::new();
    shadows(&command, &everywhere, "", &mut found);
    assert!(found.is_empty(), "{found:?}");
}
