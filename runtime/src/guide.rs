#![doc = include_str!("../docs/guide/index.md")]

#[doc = include_str!("../docs/guide/getting_started.md")]
pub mod getting_started {}

#[doc = include_str!("../docs/guide/connecting.md")]
pub mod connecting {}

#[doc = include_str!("../docs/guide/reading.md")]
pub mod reading {}

#[doc = include_str!("../docs/guide/writing.md")]
pub mod writing {}

#[doc = include_str!("../docs/guide/messages.md")]
pub mod messages {}

#[doc = include_str!("../docs/guide/querying.md")]
pub mod querying {}

#[doc = include_str!("../docs/guide/relationships.md")]
pub mod relationships {}

#[doc = include_str!("../docs/guide/batches_and_bulk.md")]
pub mod batches_and_bulk {}

#[doc = include_str!("../docs/guide/testing.md")]
pub mod testing {}

#[doc = include_str!("../docs/guide/errors_and_retries.md")]
pub mod errors_and_retries {}

#[doc = include_str!("../docs/guide/from_serde.md")]
pub mod from_serde {}

#[doc = include_str!("../docs/guide/tracing.md")]
pub mod tracing {}

#[doc = include_str!("../docs/guide/comparison.md")]
pub mod comparison {}

#[doc = include_str!("../docs/guide/versions.md")]
pub mod versions {}
