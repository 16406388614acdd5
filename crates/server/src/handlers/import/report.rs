//! `GET /v1/programmes/{programme}/imports/{import}/report`.

use sister_cities_api::import::{
    AsideView, GetImportReport, ImportReportView, ReadColumnView, TallyView, UnreadColumnView,
};

use crate::call::{Answer, Call};
use crate::error::ApiResult;

/// Answers `GET /v1/programmes/{programme}/imports/{import}/report`.
pub(crate) async fn handle(call: Call<GetImportReport>) -> ApiResult<Answer<ImportReportView>> {
    let report = call.app.get_import_report(&call.caller, call.path.programme, call.path.import).await?;
    let file = report.file;
    let column = |(title, field)| ReadColumnView { title, field };
    let unread = |(title, filled)| UnreadColumnView { title, filled };
    let aside = |(line, kind, text)| AsideView { line, kind, text };
    Ok(Answer::plain(ImportReportView {
        lines: file.lines,
        header_line: file.header_line,
        notes: file.notes,
        columns: file.columns.into_iter().map(column).collect(),
        unread_columns: file.unread_columns.into_iter().map(unread).collect(),
        asides: file.asides.into_iter().map(aside).collect(),
        blank_lines: file.blank_lines,
        tally: TallyView::of(&report.tally),
    }))
}
