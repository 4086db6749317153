//! Service protection: the three limits that Dataverse sets each user, counted on the service's clock.

mod cost;
mod ledger;
mod limiter;
mod service_limits;

pub use cost::{ExecutionTime, ModelCost};
pub use limiter::{Limiter, Visit};
pub use service_limits::ServiceLimits;
