//! What a device sends: records, each read for itself.

use domain::door::{Action, Mode, Override, ScanRequest, Scanned, VerdictWord};
use domain::values::Wrong;
use engine::door::{CheckIn, MOST_SCANS};
use serde_json::{Value as Json, json};

use crate::input::{
    Alone, Fields, Kind, KindExt as _, Reader, anything, each_alone, id, line, object, one_of, precise_instant, scan_id,
};

/// Most bytes of a request: 200 records of 2 KiB.
pub const LIMIT: usize = 512 << 10;

/// The records of a request.
pub type Records = Vec<Alone<ScanRequest>>;

/// The body of scans.
pub fn scans(fields: &mut Fields<'_>) -> Option<Records> {
    fields.required("scans", each_alone(1..=MOST_SCANS, object(scan)).about("A bad record does not spoil the others."))
}

fn scan(fields: &mut Fields<'_>) -> Option<ScanRequest> {
    let id_ = fields.required("id", scan_id().about("Made on the device; the first record with it counts."));
    let barcode = fields.optional("barcode", anything().about("Whatever was read; or a ticket."));
    let ticket = fields.optional("ticket", id().about("A ticket's number, picked by hand."));
    let door = fields.required("door", id());
    let device = fields.required("device", line());
    let scanned_at = fields.required("scanned_at", precise_instant().about("By the device's corrected clock."));
    let mode = fields.required("mode", one_of(Mode::ALL, Mode::word));
    let action = action(fields);
    let shown = fields.optional("shown", one_of(VerdictWord::ALL, VerdictWord::word).about("What the device showed."));
    let overriding = fields.optional("override", OverrideKind.about("Goes on in spite of a verdict."));
    let scanned = match (fields.has("barcode"), fields.has("ticket")) {
        (true, true) => {
            fields.fault("ticket", Wrong::ExcludedBy("barcode"));
            None
        }
        (false, false) => {
            fields.fault("barcode", Wrong::Required);
            None
        }
        _ => barcode.map(Scanned::Barcode).or_else(|| ticket.map(Scanned::Ticket)),
    };
    Some(ScanRequest {
        id: id_?,
        scanned: scanned?,
        door: door?,
        device: device?,
        action: action?,
        scanned_at: scanned_at?,
        mode: mode?,
        shown,
        overriding,
    })
}

fn action(fields: &mut Fields<'_>) -> Option<Action> {
    let words = one_of(["entry", "reentry", "undo"], |word| word);
    let word = fields.optional("action", words.about("entry if nothing is said."));
    let undoes = fields.optional("undoes", scan_id().about("The scan that an undo takes back."));
    match word.unwrap_or("entry") {
        "undo" if fields.has("undoes") => undoes.map(|undoes| Action::Undo { undoes }),
        "undo" => {
            fields.fault("undoes", Wrong::Required);
            None
        }
        word => {
            if fields.has("undoes") {
                fields.fault("undoes", Wrong::ExcludedBy("action"));
            }
            Some(if word == "reentry" { Action::Reentry } else { Action::Entry })
        }
    }
}

/// What staff do with a ticket that they picked.
pub fn check_in(fields: &mut Fields<'_>) -> Option<CheckIn> {
    let scan = fields.optional("id", scan_id().about("Made by the caller, so that it may ask twice."));
    let door = fields.required("door", id());
    let device = fields.optional("device", line());
    let action = action(fields);
    let overriding = fields.optional("override", OverrideKind.about("Goes on in spite of a verdict."));
    let device = device.or_else(|| "API".parse().ok());
    Some(CheckIn { id: scan, door: door?, device: device?, action: action?, overriding })
}

/// A reason, or `{reason, verdict?}`.
struct OverrideKind;

fn overriding(fields: &mut Fields<'_>) -> Option<Override> {
    let reason = fields.required("reason", line());
    let verdict = fields.optional("verdict", one_of(VerdictWord::ALL, VerdictWord::word).about("Only this one."));
    Some(Override { reason: reason?, verdict })
}

impl Kind for OverrideKind {
    type Value = Override;

    fn read(&self, found: &Json, reader: &mut Reader) -> Option<Override> {
        match found {
            Json::String(_) => line().read(found, reader).map(|reason| Override { reason, verdict: None }),
            _ => object(overriding).read(found, reader),
        }
    }

    fn schema(&self) -> Json {
        json!({ "anyOf": [line::<200>().schema(), object(overriding).schema()] })
    }
}
