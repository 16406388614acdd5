//! What the API can be asked for can be asked for here.

use clap::CommandFactory as _;
use sister_cities_client::api::registry;

use super::Cli;

#[test]
fn every_parameter_of_a_list_or_a_read_is_an_option() {
    let paging = ["limit", "cursor"];
    let mut options = 0;
    for (endpoint, words) in [
        ("list_places", &["places"][..]),
        ("list_partnerships", &["partnerships", "list"]),
        ("get_partnership", &["partnerships", "show"]),
        ("list_agreements", &["agreements", "list"]),
        ("get_agreement", &["agreements", "show"]),
        ("list_engagements", &["engagements", "list"]),
        ("get_engagement", &["engagements", "show"]),
        ("list_imports", &["imports", "list"]),
        ("get_import", &["imports", "show"]),
        ("count_partnerships", &["count"]),
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
