//! Scans: up to 200 records at once, each answered for itself.

mod body;
mod shape;

use domain::door::ScanRequest;
use domain::values::Faults;
use engine::scope::StaffScope;

use crate::answer::Shown;
use crate::call::Call;
use crate::problem::Problem;

pub use body::{LIMIT, Records, scans};
pub use shape::ResultsShown;

/// Records scans. Each is its own operation by its identifier: the same one again gets the first result.
pub async fn record(call: Call<StaffScope, Records>) -> Result<Shown<ResultsShown>, Problem> {
    let event = call.names.event()?.clone();
    let (ids, requests): (Vec<_>, Vec<Result<ScanRequest, Faults>>) =
        call.body.into_iter().map(|record| (record.id, record.read)).unzip();
    let answers = call.app.engine().record_scans(&call.scope, &event, &requests).await?;
    Ok(Shown(ResultsShown::of(ids.iter().map(Option::as_deref).zip(&answers))))
}
