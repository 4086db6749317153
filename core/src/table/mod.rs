//! Tables, and structs that read columns of a table.

mod entity;
mod mark;
mod plan;

pub use entity::{Entity, OwnedProjection, Projection};
pub use mark::{
    Elastic, Hierarchical, OptimisticConcurrency, SecurityPrincipal, Stateful, TracksChanges, UserOwned,
};
#[cfg(feature = "messages")]
pub(crate) use plan::ExpandText;
pub use plan::{ExpandPlan, RowPlan, all_columns};
