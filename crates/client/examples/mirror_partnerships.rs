//! Mirrors the partnerships of a programme into another system, here a JSON file: at first all of them, then what changed.
//!
//! Needs `programme:read` and `journal:read`. Run it as often as you like: `mirror_partnerships mirror.json`

mod connect;

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::{env, fs};

use futures_util::TryStreamExt as _;
use serde::{Deserialize, Serialize};
use sister_cities_client::api::domain::id::PartnershipId;
use sister_cities_client::api::partnership::PartnershipView;
use sister_cities_client::resource::Programme;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let programme = connect::programme()?;
    let file = env::args().nth(1).ok_or("give the file to mirror into")?;
    let mut mirror = match fs::read(&file) {
        Ok(text) => serde_json::from_slice(&text)?,
        Err(_) => Mirror::default(),
    };
    update(&programme, &mut mirror).await?;
    fs::write(&file, serde_json::to_vec_pretty(&mirror)?)?;
    Ok(())
}

/// What the other system holds.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Mirror {
    /// The last event of the journal that was taken over: the next run goes on after it.
    after: u64,
    pub(crate) partnerships: BTreeMap<PartnershipId, PartnershipView>,
}

/// Takes over what happened since the last time, and answers how many partnerships were read anew. Each is read as it is now, so it
/// does no harm if this ends in the middle and an event is seen twice.
pub(crate) async fn update(programme: &Programme, mirror: &mut Mirror) -> Result<usize, Box<dyn Error>> {
    let mut after = mirror.after;
    let mut changed = BTreeSet::new();
    let mut events = std::pin::pin!(programme.journal().after(mirror.after));
    while let Some(event) = events.try_next().await? {
        after = event.sequence;
        if event.subject_kind == "partnership" {
            changed.insert(event.subject.parse::<PartnershipId>()?);
        }
    }
    for id in &changed {
        match programme.partnerships().get(*id).await {
            Ok(partnership) => drop(mirror.partnerships.insert(*id, partnership.value)),
            Err(e) if e.is_not_found() => drop(mirror.partnerships.remove(id)),
            Err(e) => return Err(e.into()),
        }
    }
    mirror.after = after;
    Ok(changed.len())
}
