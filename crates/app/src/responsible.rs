//! Whether those who are to do something are there.

use sister_cities_domain::committee::Committee;
use sister_cities_domain::id::RecordRef;
use sister_cities_domain::organisation::Organisation;
use sister_cities_domain::person::Person;
use sister_cities_domain::responsible::Responsible;
use sister_cities_storage::{ProgrammeStore, Record, record_ref};

use crate::AppError;
use crate::command::Command;

/// The person, committee or organisation that `responsible` names and the programme does not have, with the name of its field.
pub(crate) async fn unknown(
    store: &ProgrammeStore,
    responsible: &Responsible,
) -> Result<Vec<(&'static str, RecordRef)>, AppError> {
    let mut unknown = Vec::new();
    if let Some(absent) = absent::<Person>(store, responsible.person()).await? {
        unknown.push(("person", absent));
    }
    if let Some(absent) = absent::<Committee>(store, responsible.committee()).await? {
        unknown.push(("committee", absent));
    }
    if let Some(absent) = absent::<Organisation>(store, responsible.organisation()).await? {
        unknown.push(("organisation", absent));
    }
    Ok(unknown)
}

/// Refuses a request that names, at a pointer such as `/host/responsible`, somebody who is not there.
///
/// # Errors
///
/// [`AppError::Invalid`] with the field, such as `/host/responsible/committee`; [`AppError::NotFound`] without the programme.
pub(crate) async fn is_there(
    command: &Command<'_>,
    pointer: &str,
    responsible: Option<&Responsible>,
) -> Result<(), AppError> {
    let Some(responsible) = responsible else { return Ok(()) };
    match unknown(&command.store, responsible).await?.into_iter().next() {
        Some((field, absent)) => Err(command.missing(&format!("{pointer}/{field}"), absent).await),
        None => Ok(()),
    }
}

async fn absent<T: Record>(store: &ProgrammeStore, id: Option<T::Id>) -> Result<Option<RecordRef>, AppError> {
    let Some(id) = id else { return Ok(None) };
    Ok(if store.get::<T>(id).await?.is_some() { None } else { Some(record_ref::<T>(id)) })
}
