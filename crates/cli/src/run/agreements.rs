//! What was put in writing.

use sister_cities_client::api::PageLimit;
use sister_cities_client::api::agreement::{AgreementView, ListAgreementsQuery};

use super::session::Office;
use crate::args::AgreementsCommand;
use crate::failure::Failure;
use crate::show::agreement;
use crate::show::bond::by_id;

/// Lists and shows agreements.
pub(super) async fn agreements(office: &Office, command: AgreementsCommand) -> Result<(), Failure> {
    match command {
        AgreementsCommand::List { partnership } => {
            let bond = match &partnership {
                Some(wanted) => Some(office.bond(wanted).await?.id),
                None => None,
            };
            let query =
                ListAgreementsQuery { partnership: bond, limit: Some(PageLimit::MOST), ..Default::default() };
            let found = office.programme.agreements().list(query).all().await?;
            let bonds = by_id(office.bonds().await?);
            let named: Vec<(AgreementView, String)> = found
                .iter()
                .map(|it| {
                    let partner = bonds.get(&it.partnership).map(|bond| office.lens.partners(&bond.members));
                    (it.clone(), partner.unwrap_or_default())
                })
                .collect();
            office.output.answer(&found, |canvas, out| agreement::list(&named, canvas, out))
        }
        AgreementsCommand::Show { id } => {
            let it = office.programme.agreements().get(id).await?.value;
            let bond = office.programme.partnerships().get(it.partnership).await?.value;
            office.output.answer(&it, |canvas, out| agreement::show(&bond, &it, canvas, out))
        }
    }
}
