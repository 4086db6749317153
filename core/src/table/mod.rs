//! Tables, and structs that read columns of a table.

mod column_index;
mod entity;
mod mark;
mod plan;
#[cfg(feature = "messages")]
mod texts;

pub use column_index::{column_index, index_length};
pub use entity::{Entity, OwnedProjection, Projection};
pub use mark::{
    Elastic, Hierarchical, OptimisticConcurrency, SecurityPrincipal, Stateful, TracksChanges, UserOwned,
};
#[cfg(feature = "messages")]
pub(crate) use plan::ExpandText;
pub(crate) use plan::lookup_stem;
pub use plan::{ExpandPlan, RowPlan, all_columns};
