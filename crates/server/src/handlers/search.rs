//! Search by words.

use sister_cities_api::search::{
    ENDPOINTS, HitKind, HitKindWord, HitView, PieceView, SearchProgramme, SearchText,
};
use sister_cities_api::{Page, TextForm as _};
use sister_cities_domain::id::RecordKind;
use sister_cities_storage::search::{Hit, Search, Words};

use crate::call::{Answer, Call, page_size};
use crate::endpoint::{ServedEndpoint, serve};
use crate::error::{ApiError, ApiResult};
use crate::heavy::Weight;

pub(crate) fn endpoints() -> [ServedEndpoint; ENDPOINTS] {
    [serve(search_programme).weighing(Weight::Report)]
}

async fn search_programme(call: Call<SearchProgramme>) -> ApiResult<Answer<Page<HitView>>> {
    let words = Words::new(call.query.q.as_str())
        .map_err(|bad| ApiError::parameter("q", &bad.to_string(), SearchText::SHAPE.expected))?;
    let search = Search {
        words,
        kinds: call.query.kind.iter().copied().map(kind).collect::<ApiResult<_>>()?,
        after: call.decode_cursor(call.query.cursor.as_ref())?,
        limit: page_size(call.query.limit),
    };
    let found = call.app.search_programme(&call.caller, call.path.programme, &search).await?;
    call.page(&found.hits, found.next.as_ref(), view)
}

fn kind(kind: HitKind) -> ApiResult<RecordKind> {
    kind.as_str().parse().map_err(ApiError::internal)
}

fn view(hit: &Hit) -> HitView {
    let pieces = hit.excerpt.iter();
    HitView {
        kind: HitKindWord::from_word(hit.record.kind.as_str()),
        id: hit.record.to_string(),
        title: hit.title.clone(),
        excerpt: pieces
            .map(|piece| PieceView { text: piece.text.clone(), is_match: piece.is_match })
            .collect(),
    }
}
