//! The demo: the programmes of Chicago and of Birmingham, built from facts shipped with the product.
//!
//! The facts are files like any office's (`crates/app/facts`), typed from the sources that each line names, and they come in
//! through the same import as any user's. Where the log of a partnership is believed complete is stated by a file of its own;
//! everywhere else the answer to "is it alive" stays "not known".

mod offices;
mod practices;
mod story;

use std::collections::BTreeMap;
use std::sync::Arc;

use sister_cities_domain::access::Caller;
use sister_cities_domain::id::{PartnershipId, PlaceId, ProgrammeId};
use sister_cities_domain::import_run::{ImportContent, ImportRun, ImportState, Mapping, Tally};
use sister_cities_domain::partnership::Partnership;
use sister_cities_domain::place::{
    ExternalIds, NameRole, Place, PlaceIdentity, PlaceLevel, PlaceName, Population,
};
use sister_cities_domain::programme::{KindCatalogue, Policies, Programme, keys};
use sister_cities_domain::value::{InvalidValue, Name, Source};
use sister_cities_storage::Listing;
use sister_cities_storage::catalogue::{partnership, place};

use crate::import::{Field, ImportError, NewImport, Progress, Trial};
use crate::{App, AppError, IdempotentReply};

/// One programme of the demo: what it is called, and its files in the order in which they come in.
struct Office {
    name: &'static str,
    /// The host's GeoNames id.
    host: u32,
    language: &'static str,
    currency: &'static str,
    files: &'static [File],
}

/// A file of facts.
struct File {
    name: &'static str,
    content: ImportContent,
    text: &'static str,
}

macro_rules! facts {
    ($name:literal: $content:ident) => {
        File {
            name: $name,
            content: ImportContent::$content,
            text: include_str!(concat!("../facts/", $name)),
        }
    };
}

const CHICAGO: Office = Office {
    name: "Chicago Sister Cities",
    host: 4_887_398,
    language: "en-US",
    currency: "USD",
    files: &[
        facts!("chicago_partnerships.csv": Partnerships),
        facts!("chicago_other_claims.csv": Partnerships),
        facts!("chicago_engagements.csv": Engagements),
        facts!("chicago_record.csv": Coverage),
    ],
};

const BIRMINGHAM: Office = Office {
    name: "Birmingham Partner Cities",
    host: 2_655_603,
    language: "en-GB",
    currency: "GBP",
    files: &[
        facts!("birmingham_partnerships.csv": Partnerships),
        facts!("birmingham_engagements.csv": Engagements),
        facts!("birmingham_record.csv": Coverage),
    ],
};

/// What the demo built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demo {
    /// The programme of Chicago, Illinois.
    pub chicago: ProgrammeId,
    /// The programme of Birmingham, England.
    pub birmingham: ProgrammeId,
    /// What came of each file, in order.
    pub imported: Vec<Imported>,
}

/// What came of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// Into which programme.
    pub programme: ProgrammeId,
    /// Which file.
    pub file: &'static str,
    /// What its lines came to.
    pub tally: Tally,
}

/// Why the demo could not be built.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DemoError {
    /// A use case failed.
    #[error(transparent)]
    App(#[from] AppError),
    /// An import failed.
    #[error("{file}: {source}")]
    Import {
        /// Which file.
        file: &'static str,
        /// Why.
        source: ImportError,
    },
    /// A fact that is built in is not valid: a mistake of ours.
    #[error(transparent)]
    Fact(#[from] InvalidValue),
    /// The gazetteer does not know the host: a mistake of ours.
    #[error("the gazetteer does not know GeoNames id {0}")]
    NoHost(u32),
    /// The files lack a city or a partnership that the demo tells more of: a mistake of ours.
    #[error("the demo's files have no {0}")]
    Missing(String),
    /// The facts of the story are not what they should be: a mistake of ours.
    #[error("the story of the demo is wrong: {0}")]
    Story(String),
}

/// Builds both programmes.
///
/// # Errors
///
/// [`DemoError`]. What was built before it stays: each file is applied whole or not at all.
pub async fn build(app: &App, caller: &Caller, progress: Arc<dyn Progress>) -> Result<Demo, DemoError> {
    let mut imported = Vec::new();
    let chicago = office(app, caller, &CHICAGO, &progress, &mut imported).await?;
    offices::enter(app, caller, chicago).await?;
    let birmingham = office(app, caller, &BIRMINGHAM, &progress, &mut imported).await?;
    practices::enter(app, caller, chicago, birmingham).await?;
    let demo = Demo { chicago, birmingham, imported };
    story::tell(app, caller, &demo).await?;
    Ok(demo)
}

async fn office(
    app: &App,
    caller: &Caller,
    office: &Office,
    progress: &Arc<dyn Progress>,
    imported: &mut Vec<Imported>,
) -> Result<ProgrammeId, DemoError> {
    let programme = ProgrammeId::next(app.ids());
    let host = host(app, programme, office.host)?;
    let made = Programme {
        id: programme,
        name: Name::new(office.name)?,
        host: host.id,
        kinds: KindCatalogue::standard(),
        policies: Policies::default(),
        language: office.language.parse()?,
        currency: office.currency.parse()?,
    };
    app.create_programme(caller, made, host, IdempotentReply::NONE).await?.executed()?;
    for file in office.files {
        let import = |source| DemoError::Import { file: file.name, source };
        let run = bring_in(app, caller, programme, file, progress).await.map_err(import)?;
        if let ImportState::Applied { tally, .. } = run.state {
            imported.push(Imported { programme, file: file.name, tally });
        }
    }
    Ok(programme)
}

/// Uploads a file, tries it and applies it, as any user would.
async fn bring_in(
    app: &App,
    caller: &Caller,
    programme: ProgrammeId,
    file: &File,
    progress: &Arc<dyn Progress>,
) -> Result<ImportRun, ImportError> {
    let request = NewImport {
        content: file.content,
        file: file.text.as_bytes().to_vec(),
        file_name: Name::new(file.name).ok(),
        mapping: mapping(),
    };
    let import =
        app.upload_import(caller, programme, request, IdempotentReply::NONE).await?.executed()?.value.id;
    let trial = Trial::default();
    app.dry_run_import(caller, programme, import, trial, Arc::clone(progress), IdempotentReply::NONE)
        .await?
        .executed()?;
    let run = app
        .apply_import(caller, programme, import, Vec::new(), Arc::clone(progress), IdempotentReply::NONE)
        .await?
        .executed()?;
    Ok(run.value)
}

/// The one decision that the files leave open: a link that only Wikipedia lists is taken as a contact, no more.
fn mapping() -> Mapping {
    let kinds = BTreeMap::from([("listed by Wikipedia only".to_owned(), keys::CONTACT.to_owned())]);
    Mapping { values: BTreeMap::from([(Field::Kind.as_str().to_owned(), kinds)]), ..Mapping::default() }
}

/// The place of that name that the programme has.
async fn city(app: &App, programme: ProgrammeId, name: &str) -> Result<PlaceId, DemoError> {
    let named = Listing::<Place>::first(1).filter(place::name_begins(name));
    let found = app.database().programme(programme).list(&named).await.map_err(AppError::from)?;
    Ok(found.items.into_iter().next().ok_or_else(|| DemoError::Missing(name.to_owned()))?.value.id)
}

/// The partnership that the programme has with the place of that name.
async fn partnership_with(app: &App, programme: ProgrammeId, name: &str) -> Result<PartnershipId, DemoError> {
    let with = partnership::MEMBERS.has(city(app, programme, name).await?);
    let listing = Listing::<Partnership>::first(1).filter(with);
    let found = app.database().programme(programme).list(&listing).await.map_err(AppError::from)?;
    Ok(found.items.into_iter().next().ok_or_else(|| DemoError::Missing(name.to_owned()))?.value.id())
}

/// The host place, as the gazetteer knows it.
fn host(app: &App, programme: ProgrammeId, geonames: u32) -> Result<Place, DemoError> {
    let found = app.gazetteer().by_geonames(geonames).ok_or(DemoError::NoHost(geonames))?;
    let name = PlaceName::new(Name::new(&found.name)?, NameRole::Official);
    let mut place = Place::new(PlaceId::next(app.ids()), programme, PlaceLevel::City, name);
    place.country = Some(found.country);
    place.admin1 = found.admin1.map(|admin1| Name::new(admin1.name)).transpose()?;
    place.point = Some(found.point);
    place.zone = found.zone;
    if let Some(people) = found.population {
        place.population = vec![Population { people, year: None, source: Source::new("GeoNames")? }];
    }
    place.external = ExternalIds { geonames: Some(geonames), ..ExternalIds::default() };
    place.identity = PlaceIdentity::Resolved;
    Ok(place)
}
