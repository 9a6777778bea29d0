//! Scans: up to 200 records at once, each answered for itself.

mod body;
mod shape;

use domain::door::ScanRequest;
use domain::values::Faults;
use engine::door::CheckIn;
use engine::scope::StaffScope;

use crate::answer::{Shown, shown};
use crate::call::Call;
use crate::problem::Problem;

pub use body::{LIMIT, Records, check_in, scans};
pub use shape::{ResultShown, ResultsShown};

/// Records scans. Each is its own operation by its identifier: the same one again gets the first result.
pub async fn record(mut call: Call<StaffScope, Records>) -> Result<Shown<ResultsShown>, Problem> {
    let records = std::mem::take(&mut call.body);
    let (ids, requests): (Vec<_>, Vec<Result<ScanRequest, Faults>>) =
        records.into_iter().map(|record| (record.id, record.read)).unzip();
    let answers = call.engine().record_scans(&call.scope, call.event()?, &requests).await?;
    let results = ResultsShown::of(ids.iter().map(Option::as_deref).zip(&answers));
    call.engine().remember_late(&call.remember(&shown), &results).await?;
    Ok(Shown(results))
}

/// Checks a ticket in by hand.
pub async fn record_by_hand(call: Call<StaffScope, CheckIn>) -> Result<Shown<ResultShown>, Problem> {
    let result = call.engine().check_in(&call.scope, call.event()?, call.id()?, &call.body).await?;
    let id = call.body.id.as_ref().map(ToString::to_string);
    let result = ResultShown::of(id.as_deref(), &result);
    call.engine().remember_late(&call.remember(&shown), &result).await?;
    Ok(Shown(result))
}
