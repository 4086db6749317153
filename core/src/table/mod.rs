//! Tables, and structs that read some of a table's columns.

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
