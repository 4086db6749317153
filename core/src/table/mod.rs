//! Tables, and structs that read some of a table's columns.

mod entity;
mod mark;
mod plan;

pub use entity::{Entity, OwnedProjection, Projection};
pub use mark::{SecurityPrincipal, Stateful, UserOwned};
pub use plan::{ExpandPlan, RowPlan, all_columns};
