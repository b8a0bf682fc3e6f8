use std::fmt::Write;

use crate::client::{Optimality, PlanRequest, PlanResponse};

/// A plan as people read it.
pub fn table(request: &PlanRequest, response: &PlanResponse) -> String {
    let served = response.served_user_count;
    let users = request
        .user_snapshot
        .as_ref()
        .map_or(0, |snapshot| snapshot.users.len());
    let bound = match response.optimality() {
        Optimality::Proven => "proven optimal".to_owned(),
        _ => format!("at most {} possible", response.served_user_upper_bound),
    };
    let schedule = response.schedule.clone().unwrap_or_default();
    let mut text = format!(
        "{served} of {users} users served ({bound}), complete after {:.2} ms\n\
         batch    start ms   upload ms     load ms  compute ms  model",
        milliseconds(&schedule.completion)
    );
    for (index, batch) in schedule.batches.iter().enumerate() {
        write!(text, "\n{:5}", index + 1).unwrap();
        for time in [&batch.start, &batch.upload, &batch.load, &batch.compute] {
            write!(text, "{:12.2}", milliseconds(time)).unwrap();
        }
        let users: Vec<_> = batch
            .grants
            .iter()
            .map(|grant| format!("{} {:.1}%", grant.user_id, 100.0 * grant.bandwidth_fraction))
            .collect();
        let loads: Vec<_> = batch.load_block_ids.iter().map(u32::to_string).collect();
        let loads = if loads.is_empty() {
            "nothing".to_owned()
        } else {
            loads.join(", ")
        };
        write!(
            text,
            "  {}\n         users {}\n         loads {loads}",
            batch.model_id,
            users.join(", ")
        )
        .unwrap();
    }
    text
}

fn milliseconds(duration: &Option<pbjson_types::Duration>) -> f64 {
    duration
        .as_ref()
        .map_or(0.0, |d| d.seconds as f64 * 1e3 + f64::from(d.nanos) / 1e6)
}
