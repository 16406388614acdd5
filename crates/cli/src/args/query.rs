//! The parameters of the API's queries as options: the same names, documentation and checks, taken from where the API
//! declares them.

use std::marker::PhantomData;

use clap::builder::ValueParser;
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Args, FromArgMatches};
use sister_cities_client::api::domain::id::{CommitteeId, PartnershipId, PersonId, PlaceId};
use sister_cities_client::api::{FieldError, Occurs, PageLimit, ParameterInfo, Parameters, Shape, TextForm};

use crate::exit::Exit;
use crate::failure::Failure;

/// What pages are asked for by; lists are read to their end, so these are no options.
const LIMIT: &str = "limit";
const CURSOR: &str = "cursor";

/// The options of the query `Q`, as they were given.
#[derive(Debug)]
pub(crate) struct QueryArgs<Q> {
    pairs: Vec<(String, String)>,
    query: PhantomData<fn() -> Q>,
}

/// What a person may name instead of giving its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Referent {
    Partnership,
    Place,
    Committee,
    Person,
}

impl Referent {
    fn of(shape: Shape) -> Option<Self> {
        let known = [
            (PartnershipId::SHAPE, Self::Partnership),
            (PlaceId::SHAPE, Self::Place),
            (CommitteeId::SHAPE, Self::Committee),
            (PersonId::SHAPE, Self::Person),
        ];
        known.into_iter().find_map(|(known, referent)| (known == shape).then_some(referent))
    }
}

impl<Q: Parameters> QueryArgs<Q> {
    /// The first value of a parameter.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Each value that may be a name, to be replaced by the id of what it names.
    pub(crate) fn names(&mut self) -> impl Iterator<Item = (Referent, &mut String)> {
        let named: Vec<_> =
            Q::describe().into_iter().filter_map(|p| Some((p.name, Referent::of(p.shape)?))).collect();
        self.pairs.iter_mut().filter_map(move |(name, value)| {
            let (_, referent) = named.iter().find(|(known, _)| known == name)?;
            Some((*referent, value))
        })
    }

    /// The query, in the largest pages there are.
    ///
    /// # Errors
    ///
    /// [`Exit::Usage`] where it names something that was not replaced by its id.
    pub(crate) fn query(mut self) -> Result<Q, Failure> {
        if Q::describe().iter().any(|parameter| parameter.name == LIMIT) {
            self.pairs.push((LIMIT.to_owned(), PageLimit::MOST.render()));
        }
        Q::parse(&self.pairs).map_err(|faults| {
            let failure = Failure::new(Exit::Usage, "the options do not go together");
            faults.iter().fold(failure, |failure, fault| failure.hint(fault.to_string()))
        })
    }
}

impl<Q: Parameters> Args for QueryArgs<Q> {
    fn augment_args(command: clap::Command) -> clap::Command {
        options::<Q>().fold(command, |command, parameter| command.arg(option::<Q>(&parameter)))
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        Self::augment_args(command)
    }
}

impl<Q: Parameters> FromArgMatches for QueryArgs<Q> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut pairs = Vec::new();
        for parameter in options::<Q>() {
            let given = matches.try_get_many::<String>(parameter.name);
            let given = given.map_err(|e| clap::Error::raw(ErrorKind::ValueValidation, e.to_string()))?;
            pairs.extend(given.into_iter().flatten().map(|value| (parameter.name.to_owned(), value.clone())));
        }
        Ok(Self { pairs, query: PhantomData })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

fn options<Q: Parameters>() -> impl Iterator<Item = ParameterInfo> {
    Q::describe().into_iter().filter(|parameter| ![LIMIT, CURSOR].contains(&parameter.name))
}

fn option<Q: Parameters>(parameter: &ParameterInfo) -> Arg {
    let name = parameter.name;
    let action = match parameter.occurs {
        Occurs::Once | Occurs::AtMostOnce => ArgAction::Set,
        Occurs::Repeated => ArgAction::Append,
    };
    let reader: ValueParser = match Referent::of(parameter.shape) {
        Some(_) => ValueParser::string(),
        None => ValueParser::new(move |text: &str| checked::<Q>(name, text)),
    };
    Arg::new(name)
        .long(name.replace('_', "-"))
        .help(help(parameter))
        .action(action)
        .required(parameter.occurs == Occurs::Once)
        .value_parser(reader)
}

/// The parameter's documentation, and what a value looks like.
fn help(parameter: &ParameterInfo) -> String {
    const SHORT: usize = 24;
    let Shape { one_of, example, .. } = parameter.shape;
    let doc = parameter.doc.trim_end_matches('.').replace('`', "");
    match (Referent::of(parameter.shape), one_of, example.len()) {
        (Some(Referent::Partnership), _, _) => format!("{doc}: its id, or the name of the partner city"),
        (Some(Referent::Place), _, _) => format!("{doc}: its id, or a name of it"),
        (Some(Referent::Committee), _, _) => format!("{doc}: its id, or a part of its name"),
        (Some(Referent::Person), _, _) => format!("{doc}: their id, or a part of their name"),
        (None, [], 0) => doc,
        (None, [], ..=SHORT) if !doc.contains(example) => format!("{doc} (such as {example})"),
        (None, [], _) => doc,
        (None, words, _) => format!("{doc} ({})", words.join(", ")),
    }
}

/// The text, where the API takes it for this parameter; otherwise what the API says would be right.
fn checked<Q: Parameters>(name: &str, text: &str) -> Result<String, String> {
    let faults = Q::parse(&[(name.to_owned(), text.to_owned())]).err().unwrap_or_default();
    match faults.into_iter().find(|fault| fault.parameter.as_deref() == Some(name)) {
        Some(FieldError { detail, expected, .. }) => {
            Err(format!("{detail}; expected {}", expected.unwrap_or_default()))
        }
        None => Ok(text.to_owned()),
    }
}
